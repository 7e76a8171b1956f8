"""Other hands, and nothing of what was checked is changed behind them: `guards_sql`."""

from django.db import migrations

from safar.control.passports import guards_sql as sql


class Migration(migrations.Migration):

    dependencies = [("passports", "0005_looking_and_handing")]

    operations = [
        migrations.RunSQL(sql.OVER, migrations.RunSQL.noop),
        migrations.RunSQL(sql.HANDS, sql.NO_HANDS),
        migrations.RunSQL(sql.FROZEN, sql.NO_FROZEN),
        migrations.RunSQL(sql.JUDGED, sql.NO_JUDGED),
    ]
