"""What the printed page or a chip says of a document is kept with its inspection."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("border", "0004_visa_shown")]

    operations = [
        migrations.AddField("inspection", "others", models.JSONField(default=list)),
    ]
