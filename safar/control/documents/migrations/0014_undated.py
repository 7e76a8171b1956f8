"""How many lines of a list are kept although their day cannot be read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0013_list_signers")]

    operations = [
        migrations.AddField("listedimport", "undated", models.PositiveBigIntegerField(default=0)),
    ]
