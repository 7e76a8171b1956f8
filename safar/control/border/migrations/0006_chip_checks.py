"""What was found in the chip of a document is kept with its inspection."""

import django.db.models.deletion
import safar.core.node
from django.conf import settings
from django.db import migrations, models

from safar.core.record import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('border', '0005_other_sources'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ChipCheck',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('checked_at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('authentic', 'Authentic'), ('doubtful', 'Doubtful'), ('unjudged', 'Cannot be judged'), ('refused', 'Not authentic')], max_length=9)),
                ('findings', models.JSONField(default=list)),
                ('differs', models.JSONField(default=list)),
                ('groups', models.JSONField(default=dict)),
                ('files', models.JSONField(default=dict)),
                ('signer', models.CharField(blank=True, max_length=300)),
                ('root', models.CharField(blank=True, max_length=300)),
                ('root_sha256', models.CharField(blank=True, max_length=64)),
                ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chip_checks', to='border.inspection')),
            ],
            options={
                'ordering': ('-checked_at',),
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['authentic', 'doubtful', 'unjudged', 'refused'])), name='chip_check_outcome')],
            },
        ),
        append_only('border_chipcheck'),
    ]
