from django.db import migrations, models

TRIGGER = """
CREATE FUNCTION watchlist_moved_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.moved_in := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER watchlist_listentry_moved_in BEFORE INSERT OR UPDATE ON watchlist_listentry
    FOR EACH ROW EXECUTE FUNCTION watchlist_moved_in();
"""
WITHOUT = """
DROP TRIGGER watchlist_listentry_moved_in ON watchlist_listentry;
DROP FUNCTION watchlist_moved_in();
"""


class Migration(migrations.Migration):
    dependencies = [("watchlist", "0005_reviews")]

    operations = [
        migrations.AddField(
            "listentry", "moved_in", models.BigIntegerField(default=0, editable=False)
        ),
        migrations.AddIndex(
            "listentry", models.Index("moved_in", name="list_entry_by_moved_in")
        ),
        migrations.RunSQL(TRIGGER, WITHOUT),
        # The engine's scores are probabilities; the likenesses of before began at 0.85.
        migrations.AlterField(
            "watchlist",
            "threshold",
            models.FloatField(default=0.78, verbose_name="Names from this likeness on"),
        ),
        migrations.RunSQL(
            "UPDATE watchlist_watchlist SET threshold = 0.78 WHERE threshold = 0.85",
            migrations.RunSQL.noop,
        ),
    ]
