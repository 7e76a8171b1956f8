"""What is past its time may be deleted, and nothing before: `keeping_sql`."""

from django.db import migrations

from safar.control.passports import keeping_sql as sql


class Migration(migrations.Migration):

    dependencies = [("passports", "0002_passports")]

    operations = [
        migrations.RunSQL(sql.FUNCTIONS, sql.NO_FUNCTIONS),
        migrations.RunSQL(
            [sql.KEEP.format(table=table) for table in sql.KEPT],
            [sql.KEEP_FOR_GOOD.format(table=table) for table in sql.KEPT],
        ),
    ]
