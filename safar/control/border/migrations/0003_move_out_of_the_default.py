from django.db import migrations

from safar.control.border.partitions import KEEP_DEFAULT, PARTITION_FUNCTION


class Migration(migrations.Migration):
    """A month can be made when the default partition holds its rows; that one is kept too."""

    dependencies = [("border", "0002_look_ups")]

    operations = [
        # An installation made before this one has the function that could not move rows.
        migrations.RunSQL(PARTITION_FUNCTION, migrations.RunSQL.noop),
        migrations.RunSQL(
            KEEP_DEFAULT, "DROP TRIGGER border_crossing_other_keep ON border_crossing_other"
        ),
    ]
