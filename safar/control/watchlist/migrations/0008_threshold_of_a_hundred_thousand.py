"""The threshold at which 100,000 clean travellers were stopped less than once in a thousand."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("watchlist", "0007_bounded_work")]

    operations = [
        migrations.AlterField(
            "watchlist",
            "threshold",
            models.FloatField(default=0.81, verbose_name="Names from this likeness on"),
        ),
        # A threshold that two people chose is theirs; what was shipped is ours to correct.
        migrations.RunSQL(
            """UPDATE watchlist_watchlist w SET threshold = 0.81 WHERE threshold = 0.78
               AND NOT EXISTS (SELECT FROM watchlist_thresholdchange c
                               WHERE c.list_id = w.id AND c.status = 'published')""",
            migrations.RunSQL.noop,
        ),
    ]
