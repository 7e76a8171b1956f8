"""What second line found of a visa is kept with the inspection."""

import django.db.models.deletion
import safar.core.node
from django.conf import settings
from django.db import migrations, models

from safar.core.record import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('border', '0007_stay_decisions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='VisaLook',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('looked_at', models.DateTimeField()),
                ('visa', models.JSONField()),
                ('findings', models.JSONField(default=list)),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visa_looks', to='border.inspection')),
                ('looked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-looked_at',),
            },
        ),
        append_only("border_visalook"),
    ]
