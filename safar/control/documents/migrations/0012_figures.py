"""How many numbers of a workbook stand in it as figures: zeros at their beginning may be lost."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0011_revocation_lists")]

    operations = [
        migrations.AddField("listedimport", "figures", models.PositiveBigIntegerField(default=0)),
    ]
