"""Imports in the background: kept in pieces, with their progress, and a table's columns."""

import django.db.models.deletion
import safar.control.watchlist.models.imports
import safar.core.node
from django.conf import settings
from django.db import migrations, models

# A kept file was one zlib stream in one row: it becomes the first piece of its file.
AS_PIECES = """
INSERT INTO watchlist_importpiece (id, file_id, number, content)
SELECT gen_random_uuid(), id, 0, content FROM watchlist_importfile
"""
PROGRESS = """
INSERT INTO watchlist_importprogress (id, run_id, done, total, alive_at)
SELECT gen_random_uuid(), id, 0, 0, prepared_at FROM watchlist_importrun
"""


class Migration(migrations.Migration):

    dependencies = [
        ('watchlist', '0003_open_hits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportPiece',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='watchlist.importfile')),
            ],
            options={
                'ordering': ('file', 'number'),
                'constraints': [models.UniqueConstraint(models.F('file'), models.F('number'), name='import_piece_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportProgress',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('done', models.PositiveBigIntegerField(default=0)),
                ('total', models.PositiveBigIntegerField(default=0)),
                ('alive_at', models.DateTimeField()),
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='watchlist.importrun')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SourceMapping',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('columns', models.JSONField(default=dict)),
                ('encoding', models.CharField(blank=True, max_length=12)),
                ('separator', models.CharField(blank=True, max_length=1)),
                ('dates', models.CharField(default='dmy', max_length=3)),
                ('sheet', models.CharField(blank=True, max_length=60)),
                ('remembered_at', models.DateTimeField()),
                ('remembered_by_name', models.CharField(max_length=120)),
                ('list', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mapping', to='watchlist.watchlist')),
                ('remembered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('dates__in', ('dmy', 'mdy', 'ymd'))), name='source_mapping_dates')],
            },
        ),
        migrations.RunSQL(
            ["SET CONSTRAINTS ALL IMMEDIATE", AS_PIECES, PROGRESS], migrations.RunSQL.noop
        ),
        migrations.RemoveField(model_name='importfile', name='content'),
        migrations.AlterField(
            model_name='importfile', name='size', field=models.PositiveBigIntegerField()
        ),
        migrations.RemoveConstraint(model_name='importrun', name='import_run_status'),
        migrations.RemoveConstraint(model_name='importrun', name='import_run_loaded_by_second'),
        migrations.AddField(
            model_name='importrun', name='columns', field=models.JSONField(default=dict)
        ),
        migrations.AddField(
            model_name='importrun', name='failure', field=models.JSONField(null=True)
        ),
        migrations.AddField(
            model_name='importrun', name='others', field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            model_name='importrun',
            name='shown',
            field=models.JSONField(default=safar.control.watchlist.models.imports.no_problems),
        ),
        migrations.AddField(
            model_name='importrun', name='what_changed', field=models.JSONField(default=dict)
        ),
        migrations.AlterField(
            model_name='importrun',
            name='status',
            field=models.CharField(choices=[('reading', 'Being read and compared'), ('mapping', 'Waiting for its columns to be chosen'), ('prepared', 'Waiting for a second person'), ('loading', 'Being loaded'), ('loaded', 'Loaded'), ('declined', 'Declined'), ('failed', 'Not done')], default='reading', max_length=10),
        ),
        migrations.AlterField(
            model_name='watchlist',
            name='source_format',
            field=models.CharField(choices=[('own', 'Entered here'), ('ofac', 'OFAC SDN and ALT files'), ('un', 'Security Council consolidated list (XML)'), ('ftm', 'OpenSanctions entities (FollowTheMoney JSON lines)'), ('simple', 'OpenSanctions targets.simple.csv'), ('table', 'A table of its own (CSV or XLSX)')], default='own', max_length=10, verbose_name='Source'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['reading', 'mapping', 'prepared', 'loading', 'loaded', 'declined', 'failed'])), name='import_run_status'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('loading', 'loaded')), _negated=True), models.Q(('decided_at', None), _negated=True), _connector='OR'), name='import_run_loaded_by_second'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('failure__isnull', False), ('status', 'failed')), models.Q(models.Q(('status', 'failed'), _negated=True), ('failure', None)), _connector='OR'), name='import_run_failure'),
        ),
    ]
