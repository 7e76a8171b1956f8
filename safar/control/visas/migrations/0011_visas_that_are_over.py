"""Visas, their uses and their endings go when their ten years are over, and not a day before."""

from django.db import migrations

from safar.control.visas import keeping_sql as sql


class Migration(migrations.Migration):
    dependencies = [("visas", "0010_words")]

    operations = [
        migrations.RunSQL(sql.OVER, sql.NEVER_OVER),
        migrations.RunSQL(
            [sql.KEEP_UNTIL_OVER.format(table=table) for table in sql.OF_A_VISA],
            [sql.KEEP_EVEN_THEN.format(table=table) for table in sql.OF_A_VISA],
        ),
    ]
