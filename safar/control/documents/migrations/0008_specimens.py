"""The library of specimens: pages, and features with how to test each."""

import django.db.models.deletion
import safar.core.node
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0007_series_and_batches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Specimen',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('issuer', models.CharField(max_length=3, verbose_name='Issued by')),
                ('kind', models.CharField(max_length=2, verbose_name='Kind')),
                ('title', models.CharField(max_length=80, verbose_name='Title')),
                ('since', models.DateField(blank=True, null=True, verbose_name='First issued')),
                ('source', models.CharField(max_length=250, verbose_name='Source')),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='Note')),
                ('in_use', models.BooleanField(default=True, verbose_name='In use')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('issuer', 'kind', '-since', 'title'),
            },
        ),
        migrations.CreateModel(
            name='SpecimenFeature',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=80, verbose_name='Feature')),
                ('way', models.CharField(choices=[('look', 'Look'), ('tilt', 'Tilt'), ('touch', 'Touch'), ('light', 'Hold against the light'), ('uv', 'Ultraviolet lamp'), ('magnifier', 'Magnifier')], max_length=9, verbose_name='How to test it')),
                ('where', models.CharField(max_length=120, verbose_name='Where')),
                ('expected', models.CharField(max_length=400, verbose_name='What a true one shows')),
                ('specimen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='features', to='documents.specimen')),
            ],
            options={
                'ordering': ('way', 'id'),
            },
        ),
        migrations.CreateModel(
            name='SpecimenPage',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=60, verbose_name='Page')),
                ('light', models.CharField(choices=[('white', 'White light'), ('oblique', 'Light from the side'), ('through', 'Light from behind'), ('uv', 'Ultraviolet'), ('infrared', 'Infrared')], max_length=8, verbose_name='Light')),
                ('content', models.BinaryField()),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('specimen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='documents.specimen')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.AddConstraint(
            model_name='specimen',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='specimen_has_source'),
        ),
        migrations.AddConstraint(
            model_name='specimenfeature',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['look', 'tilt', 'touch', 'light', 'uv', 'magnifier'])), name='specimen_feature_way'),
        ),
        migrations.AddConstraint(
            model_name='specimenpage',
            constraint=models.CheckConstraint(condition=models.Q(('light__in', ['white', 'oblique', 'through', 'uv', 'infrared'])), name='specimen_light'),
        ),
        migrations.AddConstraint(
            model_name='specimenpage',
            constraint=models.UniqueConstraint(fields=('specimen', 'sha256'), name='specimen_page_once'),
        ),
    ]
