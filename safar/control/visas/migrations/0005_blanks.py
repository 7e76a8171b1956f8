"""Blanks are kept by an app of their own: the tables moved with `blanks.0001`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("blanks", "0001_blanks"), ("visas", "0004_offices")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="BlankMovement"),
                migrations.DeleteModel(name="BlankCount"),
                migrations.DeleteModel(name="BlankDestruction"),
                migrations.DeleteModel(name="StickerBlank"),
            ]
        )
    ]
