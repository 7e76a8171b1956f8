"""Counts of the shapes of numbers that crossed."""

from django.db import migrations, models

import safar.core.node


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_state_certificates")]

    operations = [
        migrations.CreateModel(
            name="NumberShape",
            fields=[
                ("id", models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ("issuer", models.CharField(max_length=3, verbose_name="Issued by")),
                ("kind", models.CharField(max_length=2, verbose_name="Kind")),
                ("shape", models.CharField(max_length=30, verbose_name="Numbers")),
                ("seen", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ("issuer", "kind", "-seen"),
                "constraints": [models.UniqueConstraint(fields=("issuer", "kind", "shape"), name="number_shape_once")],
            },
        ),
    ]
