"""Consulates are offices now: the tables moved with `offices.0001`."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offices", "0001_offices"), ("visas", "0003_manual")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="application",
                    name="consulate",
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="offices.issuingoffice"),
                ),
                migrations.AlterField(
                    model_name="stickerblank",
                    name="holder",
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="blanks", to="offices.issuingoffice"),
                ),
                migrations.AlterField(
                    model_name="blankmovement",
                    name="holder",
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.issuingoffice"),
                ),
                migrations.AlterField(
                    model_name="blankcount",
                    name="holder",
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.issuingoffice"),
                ),
                migrations.AlterField(
                    model_name="blankdestruction",
                    name="holder",
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.issuingoffice"),
                ),
                migrations.AlterField(
                    model_name="visa",
                    name="consulate",
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="visas", to="offices.issuingoffice"),
                ),
                migrations.DeleteModel(name="ConsulatePlacement"),
                migrations.DeleteModel(name="Consulate"),
            ]
        )
    ]
