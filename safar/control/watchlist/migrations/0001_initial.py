"""Lists, entries with their identities, hits with their judgements, imports with their files."""

import django.contrib.postgres.fields
import django.db.models.deletion
import safar.control.watchlist.models.imports
import safar.control.watchlist.models.lists
import safar.core.node
from django.conf import settings
from django.db import migrations, models

from safar.core.record import append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ListEntry',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('source_key', models.CharField(max_length=60, verbose_name='Number')),
                ('status', models.CharField(choices=[('proposed', 'Waiting for a second person'), ('published', 'In force'), ('lifting', 'In force; lifting proposed'), ('lifted', 'Lifted'), ('ended', 'Gone from its source'), ('declined', 'Declined')], default='proposed', max_length=10)),
                ('instruction', models.CharField(choices=[('refuse_entry', 'Refuse entry'), ('detain', 'Detain'), ('inform', 'Inform the owner, then let pass'), ('discreet_check', 'Discreet check'), ('inquiry', 'Inquiry'), ('medical', 'Medical check'), ('seize_document', 'Seize the document'), ('protect', 'Protect: missing or vulnerable')], max_length=20, verbose_name='Instruction')),
                ('legal_ground', models.CharField(max_length=200, verbose_name='Legal ground')),
                ('contact', models.CharField(max_length=200, verbose_name='Who to call')),
                ('discreet', models.BooleanField(default=False, verbose_name='Discreet')),
                ('in_force_from', models.DateField(verbose_name='In force from')),
                ('in_force_until', models.DateField(blank=True, null=True, verbose_name='In force until')),
                ('review_due', models.DateField(blank=True, null=True, verbose_name='Review due')),
                ('sex', models.CharField(blank=True, choices=[('F', 'Female'), ('M', 'Male'), ('', 'Not known')], max_length=1, verbose_name='Sex')),
                ('citizenships', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), blank=True, default=safar.control.watchlist.models.lists.no_countries, size=None, verbose_name='Citizenships')),
                ('remarks', models.TextField(blank=True, verbose_name='Remarks')),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('content_version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('proposed_at', models.DateTimeField()),
                ('proposed_by_name', models.CharField(max_length=120)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=120)),
                ('lifting_reason', models.CharField(blank=True, max_length=200, verbose_name='Why it should be lifted')),
                ('lifting_proposed_at', models.DateTimeField(null=True)),
                ('lifting_proposed_by_name', models.CharField(blank=True, max_length=120)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by_name', models.CharField(blank=True, max_length=120)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifting_proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('list', 'source_key'),
            },
        ),
        migrations.CreateModel(
            name='Hit',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('traveller_id', models.UUIDField()),
                ('inspection_id', models.UUIDField()),
                ('entry_version', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('document', 'Document number'), ('name', 'Name')], max_length=10)),
                ('score', models.FloatField()),
                ('reasons', models.JSONField(default=list)),
                ('status', models.CharField(choices=[('new', 'New'), ('in_review', 'In review'), ('same', 'The same person'), ('different', 'A different person')], default='new', max_length=10)),
                ('raised_at', models.DateTimeField()),
                ('raised_by_name', models.CharField(max_length=120)),
                ('judged_at', models.DateTimeField(null=True)),
                ('judged_by_name', models.CharField(blank=True, max_length=120)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='Reason')),
                ('what_decided', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('name', 'Name'), ('birth', 'Date of birth'), ('father', "Father's name"), ('face', 'Face'), ('marks', 'Body marks'), ('documents', 'Documents'), ('whereabouts', 'Whereabouts'), ('owner', "Answer of the list's owner")], max_length=20), default=list, size=None)),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hits', to='watchlist.listentry')),
            ],
            options={
                'ordering': ('-raised_at', '-score'),
            },
        ),
        migrations.CreateModel(
            name='EntryName',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=300, verbose_name='Name')),
                ('script', models.CharField(choices=[('latin', 'Latin'), ('cyrillic', 'Cyrillic'), ('arabic', 'Arabic'), ('other', 'Other')], default='latin', max_length=10)),
                ('is_primary', models.BooleanField(default=False)),
                ('is_weak', models.BooleanField(default=False, verbose_name='Nickname, or too common to search by alone')),
                ('fold', models.CharField(max_length=300)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='watchlist.listentry')),
            ],
            options={
                'ordering': ('entry', '-is_primary', 'text'),
            },
        ),
        migrations.CreateModel(
            name='EntryDocument',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('passport', 'Passport'), ('identity', 'Identity card or number')], default='passport', max_length=10)),
                ('issuer', models.CharField(blank=True, max_length=3, verbose_name='Issuing state')),
                ('number', models.CharField(max_length=60, verbose_name='Number')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='watchlist.listentry')),
            ],
            options={
                'ordering': ('entry', 'number'),
            },
        ),
        migrations.CreateModel(
            name='EntryBirth',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year')),
                ('month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Month')),
                ('day', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Day')),
                ('year_to', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Last year of a span')),
                ('approximate', models.BooleanField(default=False, verbose_name='About')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='births', to='watchlist.listentry')),
            ],
            options={
                'ordering': ('entry', 'year', 'month', 'day'),
            },
        ),
        migrations.CreateModel(
            name='WatchList',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='Code')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('kind', models.CharField(choices=[('sanctions', 'Sanctions'), ('wanted', 'Wanted, witnesses and missing'), ('entry_ban', 'Refused entry'), ('other', 'Other')], max_length=20, verbose_name='Kind')),
                ('source_format', models.CharField(choices=[('own', 'Entered here'), ('ofac', 'OFAC SDN and ALT files')], default='own', max_length=10, verbose_name='Source')),
                ('contact', models.CharField(max_length=200, verbose_name='Who to call')),
                ('default_instruction', models.CharField(choices=[('refuse_entry', 'Refuse entry'), ('detain', 'Detain'), ('inform', 'Inform the owner, then let pass'), ('discreet_check', 'Discreet check'), ('inquiry', 'Inquiry'), ('medical', 'Medical check'), ('seize_document', 'Seize the document'), ('protect', 'Protect: missing or vulnerable')], default='inquiry', max_length=20, verbose_name='Instruction')),
                ('default_ground', models.CharField(blank=True, max_length=200, verbose_name='Legal ground')),
                ('threshold', models.FloatField(default=0.85, verbose_name='Names from this likeness on')),
                ('published_version', models.PositiveIntegerField(default=0)),
                ('published_at', models.DateTimeField(null=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='Owner')),
            ],
            options={
                'ordering': ('code',),
            },
        ),
        migrations.AddField(
            model_name='listentry',
            name='list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='watchlist.watchlist'),
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('file_names', models.CharField(max_length=300, verbose_name='Files')),
                ('sha256', models.CharField(max_length=64)),
                ('status', models.CharField(choices=[('prepared', 'Waiting for a second person'), ('loaded', 'Loaded'), ('declined', 'Declined')], default='prepared', max_length=10)),
                ('based_on', models.PositiveIntegerField()),
                ('added', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('gone', models.PositiveIntegerField(default=0)),
                ('same', models.PositiveIntegerField(default=0)),
                ('bad', models.PositiveIntegerField(default=0)),
                ('shrinks', models.BooleanField(default=False)),
                ('problems', models.JSONField(default=safar.control.watchlist.models.imports.no_problems)),
                ('prepared_at', models.DateTimeField()),
                ('prepared_by_name', models.CharField(max_length=120)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=120)),
                ('declined_at', models.DateTimeField(null=True)),
                ('declined_by_name', models.CharField(blank=True, max_length=120)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='Reason')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('declined_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('prepared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='watchlist.watchlist')),
            ],
            options={
                'ordering': ('-prepared_at',),
            },
        ),
        migrations.CreateModel(
            name='ImportFile',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('part', models.CharField(max_length=10)),
                ('name', models.CharField(max_length=120)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='watchlist.importrun')),
            ],
            options={
                'ordering': ('run', 'part'),
                'constraints': [models.UniqueConstraint(models.F('run'), models.F('part'), name='import_file_once')],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(max_length=10)),
                ('reason', models.CharField(max_length=500)),
                ('what_decided', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('name', 'Name'), ('birth', 'Date of birth'), ('father', "Father's name"), ('face', 'Face'), ('marks', 'Body marks'), ('documents', 'Documents'), ('whereabouts', 'Whereabouts'), ('owner', "Answer of the list's owner")], max_length=20), default=list, size=None)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=120)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='watchlist.hit')),
            ],
            options={
                'ordering': ('hit', 'at'),
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['same', 'different', 'unsure', 'taken_back'])), name='judgement_outcome'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='judgement_reason')],
            },
        ),
        migrations.AddIndex(
            model_name='hit',
            index=models.Index(models.F('traveller_id'), models.F('entry'), name='hit_by_traveller'),
        ),
        migrations.AddIndex(
            model_name='hit',
            index=models.Index(models.F('entry'), models.F('status'), name='hit_by_entry'),
        ),
        migrations.AddConstraint(
            model_name='hit',
            constraint=models.UniqueConstraint(models.F('inspection_id'), models.F('entry'), name='hit_once'),
        ),
        migrations.AddConstraint(
            model_name='hit',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['document', 'name'])), name='hit_kind'),
        ),
        migrations.AddConstraint(
            model_name='hit',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['new', 'in_review', 'same', 'different'])), name='hit_status'),
        ),
        migrations.AddConstraint(
            model_name='hit',
            constraint=models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 1)), name='hit_score'),
        ),
        migrations.AddConstraint(
            model_name='hit',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('new', 'in_review')), models.Q(('judged_at__isnull', False), models.Q(('judged_by_name', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='hit_judged_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='hit',
            constraint=models.CheckConstraint(condition=models.Q(('judged_by', None), ('raised_by', None), models.Q(('judged_by', models.F('raised_by')), _negated=True), _connector='OR'), name='hit_judged_by_another'),
        ),
        migrations.AddIndex(
            model_name='entryname',
            index=models.Index(models.F('fold'), name='entry_name_by_fold'),
        ),
        migrations.AddConstraint(
            model_name='entryname',
            constraint=models.UniqueConstraint(models.F('entry'), models.F('text'), name='entry_name_once'),
        ),
        migrations.AddConstraint(
            model_name='entryname',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='entry_name_not_empty'),
        ),
        migrations.AddIndex(
            model_name='entrydocument',
            index=models.Index(models.F('number'), models.F('issuer'), name='entry_document_by_number'),
        ),
        migrations.AddConstraint(
            model_name='entrydocument',
            constraint=models.UniqueConstraint(models.F('entry'), models.F('kind'), models.F('issuer'), models.F('number'), name='entry_document_once'),
        ),
        migrations.AddConstraint(
            model_name='entrydocument',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^[0-9A-Z]{3,}$')), name='entry_document_number'),
        ),
        migrations.AddConstraint(
            model_name='entrydocument',
            constraint=models.CheckConstraint(condition=models.Q(('issuer__regex', '^[A-Z]{0,3}$')), name='entry_document_issuer'),
        ),
        migrations.AddConstraint(
            model_name='entrybirth',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 1800), ('year__lte', 2200)), name='entry_birth_year'),
        ),
        migrations.AddConstraint(
            model_name='entrybirth',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('day', None), ('month', None)), models.Q(('month__gte', 1), ('month__lte', 12)), _connector='OR'), name='entry_birth_month'),
        ),
        migrations.AddConstraint(
            model_name='entrybirth',
            constraint=models.CheckConstraint(condition=models.Q(('day', None), models.Q(('day__gte', 1), ('day__lte', 31)), _connector='OR'), name='entry_birth_day'),
        ),
        migrations.AddConstraint(
            model_name='entrybirth',
            constraint=models.CheckConstraint(condition=models.Q(('year_to', None), models.Q(('day', None), ('month', None), ('year_to__gte', models.F('year'))), _connector='OR'), name='entry_birth_span'),
        ),
        migrations.AddConstraint(
            model_name='watchlist',
            constraint=models.CheckConstraint(condition=models.Q(('threshold__gte', 0.5), ('threshold__lte', 1)), name='watch_list_threshold'),
        ),
        migrations.AddConstraint(
            model_name='watchlist',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['sanctions', 'wanted', 'entry_ban', 'other'])), name='watch_list_kind'),
        ),
        migrations.AddConstraint(
            model_name='watchlist',
            constraint=models.CheckConstraint(condition=models.Q(('default_instruction__in', ['refuse_entry', 'detain', 'inform', 'discreet_check', 'inquiry', 'medical', 'seize_document', 'protect'])), name='watch_list_instruction'),
        ),
        migrations.AddConstraint(
            model_name='watchlist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('published_version', 0)), models.Q(('published_at__isnull', False), ('published_version__gt', 0)), _connector='OR'), name='watch_list_published_at'),
        ),
        migrations.AddIndex(
            model_name='listentry',
            index=models.Index(models.F('list'), models.F('status'), name='list_entry_by_status'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.UniqueConstraint(models.F('list'), models.F('source_key'), name='list_entry_once'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'published', 'lifting', 'lifted', 'ended', 'declined'])), name='list_entry_status'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(('instruction__in', ['refuse_entry', 'detain', 'inform', 'discreet_check', 'inquiry', 'medical', 'seize_document', 'protect'])), name='list_entry_instruction'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(('sex__in', ['F', 'M', ''])), name='list_entry_sex'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(('in_force_until', None), ('in_force_until__gte', models.F('in_force_from')), _connector='OR'), name='list_entry_in_force'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(('legal_ground', ''), _negated=True), name='list_entry_ground'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decided_by_name', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by_name', ''), _negated=True), models.Q(('proposed_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR')), models.Q(('decided_at__isnull', False), ('decided_by', None), ('proposed_by', None), models.Q(('decided_by_name', ''), _negated=True), models.Q(('decided_by_name', models.F('proposed_by_name')), _negated=True)), _connector='OR'), name='list_entry_two_people'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None), ('lifted_by_name', '')), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False), models.Q(('lifted_by_name', ''), _negated=True), models.Q(('lifting_proposed_by', None), models.Q(('lifted_by', models.F('lifting_proposed_by')), _negated=True), _connector='OR')), models.Q(('lifted_at__isnull', False), ('lifted_by', None), ('lifting_proposed_by', None), models.Q(('lifted_by_name', ''), _negated=True), models.Q(('lifted_by_name', models.F('lifting_proposed_by_name')), _negated=True)), _connector='OR'), name='list_entry_lift_two_people'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('proposed', 'declined')), models.Q(('decided_at', None), _negated=True), _connector='OR'), name='list_entry_published_by_second'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'lifted'), _negated=True), models.Q(('lifted_at', None), _negated=True), _connector='OR'), name='list_entry_lifted_at'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['prepared', 'loaded', 'declined'])), name='import_run_status'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decided_by_name', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by_name', ''), _negated=True), models.Q(('prepared_by', None), models.Q(('decided_by', models.F('prepared_by')), _negated=True), _connector='OR')), models.Q(('decided_at__isnull', False), ('decided_by', None), ('prepared_by', None), models.Q(('decided_by_name', ''), _negated=True), models.Q(('decided_by_name', models.F('prepared_by_name')), _negated=True)), _connector='OR'), name='import_run_two_people'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'loaded'), _negated=True), models.Q(('decided_at', None), _negated=True), _connector='OR'), name='import_run_loaded_by_second'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'declined'), _negated=True), models.Q(models.Q(('declined_at', None), _negated=True), models.Q(('declined_by_name', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='import_run_declined_by'),
        ),
        append_only("watchlist_judgement"),
    ]
