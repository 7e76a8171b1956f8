"""Who signed a master list: asked about once more when a second person trusts what came in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0012_figures")]

    operations = [
        migrations.AddField(
            "certificateimport", "signer_content", models.BinaryField(default=b"")
        ),
        migrations.AddField("certificateimport", "root_content", models.BinaryField(default=b"")),
    ]
