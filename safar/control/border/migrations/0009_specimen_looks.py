"""What second line found beside a specimen is kept with the inspection."""

import django.db.models.deletion
import safar.core.node
from django.conf import settings
from django.db import migrations, models

from safar.core.record import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('border', '0008_visa_looks'),
        ('documents', '0011_revocation_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SpecimenLook',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=80, verbose_name='Specimen')),
                ('features', models.JSONField(default=list)),
                ('differ', models.PositiveSmallIntegerField(verbose_name='Differ')),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='Note')),
                ('looked_at', models.DateTimeField()),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='specimen_looks', to='border.inspection')),
                ('looked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('specimen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.specimen')),
            ],
            options={
                'ordering': ('-looked_at',),
                'constraints': [models.CheckConstraint(condition=models.Q(('features', []), _negated=True), name='specimen_looked_at')],
            },
        ),
        append_only('border_specimenlook'),
    ]
