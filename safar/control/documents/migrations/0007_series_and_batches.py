"""The table of what each state issues, with its history and proposals; batches of stolen blanks."""

import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import safar.core.node
from django.conf import settings
from django.db import migrations, models
from safar.core.record import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0006_search_path'),
        ('reference', '0001_code_lists'),  # brings btree_gist
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentSeries',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='Code')),
                ('issuer', models.CharField(max_length=3, verbose_name='Issued by')),
                ('kind', models.CharField(max_length=2, verbose_name='Kind')),
                ('pattern', models.CharField(blank=True, max_length=20, verbose_name='Numbers')),
                ('terms', models.CharField(blank=True, max_length=60, verbose_name='Terms')),
                ('personal_number', models.CharField(blank=True, choices=[('KGZ', 'Kyrgyz PIN: sex, date of birth'), ('KAZ', 'Kazakh IIN: date of birth, sex, check digit'), ('UZB', 'Uzbek PINFL: sex, date of birth, check digit'), ('other', 'A number that tells nothing known')], max_length=5, verbose_name='Personal number')),
                ('since', models.DateField(blank=True, null=True, verbose_name='First issued')),
                ('until', models.DateField(blank=True, null=True, verbose_name='Last issued')),
                ('source', models.CharField(max_length=250, verbose_name='Source')),
                ('confidence', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], max_length=6, verbose_name='Confidence')),
                ('note', models.CharField(blank=True, max_length=250, verbose_name='Note')),
                ('in_use', models.BooleanField(default=True, verbose_name='In use')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('by_people', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name_plural': 'document series',
                'ordering': ('issuer', 'kind', 'code'),
                'constraints': [models.CheckConstraint(condition=models.Q(('pattern', ''), ('pattern__regex', '^[A-Z0-9#@?]{4,20}$'), _connector='OR'), name='series_pattern'), models.CheckConstraint(condition=models.Q(('terms', ''), ('terms__regex', '^[0-9]{1,2}:[0-9]{1,2}(\\|[0-9]{1,2})*( [0-9]{1,2}:[0-9]{1,2}(\\|[0-9]{1,2})*)*$'), _connector='OR'), name='series_terms'), models.CheckConstraint(condition=models.Q(('since', None), ('until', None), ('until__gte', models.F('since')), _connector='OR'), name='series_since_until'), models.CheckConstraint(condition=models.Q(('confidence__in', ['high', 'medium', 'low'])), name='series_confidence'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='series_has_source')],
            },
        ),
        migrations.CreateModel(
            name='ReportedBatch',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('issuer', models.CharField(max_length=3, verbose_name='Issued by')),
                ('kind', models.CharField(blank=True, max_length=2, verbose_name='Kind')),
                ('first', models.CharField(max_length=30, verbose_name='First number')),
                ('last', models.CharField(max_length=30, verbose_name='Last number')),
                ('prefix', models.CharField(blank=True, max_length=30)),
                ('width', models.PositiveSmallIntegerField()),
                ('serials', django.contrib.postgres.fields.ranges.BigIntegerRangeField()),
                ('reference', models.CharField(max_length=80, verbose_name='Reference of the report')),
                ('reported_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawal_reason', models.CharField(blank=True, max_length=200)),
                ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'reported batches',
                'ordering': ('-reported_at',),
                'indexes': [django.contrib.postgres.indexes.GistIndex(condition=models.Q(('withdrawn_at', None)), fields=['issuer', 'prefix', 'width', 'serials'], name='batch_by_number')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='batch_withdrawn_at_by'), models.CheckConstraint(condition=models.Q(('withdrawn_by', None), ('reported_by', None), models.Q(('withdrawn_by', models.F('reported_by')), _negated=True), _connector='OR'), name='batch_withdrawn_by_second'), models.CheckConstraint(condition=models.Q(('serials__isempty', False)), name='batch_is_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='SeriesChange',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('code', models.SlugField(max_length=40, verbose_name='Code')),
                ('status', models.CharField(choices=[('proposed', 'Waiting for a second person'), ('agreed', 'Agreed to'), ('declined', 'Declined')], default='proposed', max_length=10)),
                ('based_on', models.PositiveIntegerField()),
                ('draft', models.JSONField()),
                ('reason', models.CharField(max_length=200, verbose_name='Reason')),
                ('proposed_at', models.DateTimeField()),
                ('proposed_by_name', models.CharField(max_length=120)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=120)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('series', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='documents.documentseries')),
            ],
            options={
                'ordering': ('-proposed_at',),
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'agreed', 'declined'])), name='series_change_status'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decided_by_name', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by_name', ''), _negated=True), models.Q(('proposed_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR')), models.Q(('decided_at__isnull', False), ('decided_by', None), ('proposed_by', None), models.Q(('decided_by_name', ''), _negated=True), models.Q(('decided_by_name', models.F('proposed_by_name')), _negated=True)), _connector='OR'), name='series_change_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'agreed'), _negated=True), models.Q(('decided_at', None), _negated=True), _connector='OR'), name='series_change_agreed_by_second'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='series_change_reason'), models.UniqueConstraint(condition=models.Q(('status', 'proposed')), fields=('code',), name='series_change_one_open')],
            },
        ),
        migrations.CreateModel(
            name='SeriesRevision',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('revision', models.PositiveIntegerField()),
                ('values', models.JSONField()),
                ('at', models.DateTimeField()),
                ('proposed_by_name', models.CharField(max_length=120)),
                ('agreed_by_name', models.CharField(max_length=120)),
                ('reason', models.CharField(max_length=200)),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='documents.documentseries')),
            ],
            options={
                'ordering': ('-id',),
                'constraints': [models.UniqueConstraint(fields=('series', 'revision'), name='series_revision_once')],
            },
        ),
        append_only('documents_seriesrevision'),
    ]
