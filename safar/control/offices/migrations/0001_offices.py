"""Offices were consulates of visas alone; passports are made at them too."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import safar.core.node

MOVE = """
ALTER TABLE visas_consulate RENAME TO offices_issuingoffice;
ALTER TABLE offices_issuingoffice RENAME CONSTRAINT consulate_has_english TO office_has_english;
ALTER TABLE offices_issuingoffice ADD COLUMN work varchar(9)[] NOT NULL DEFAULT '{visas}';
ALTER TABLE offices_issuingoffice ALTER COLUMN work DROP DEFAULT;
ALTER TABLE offices_issuingoffice ADD CONSTRAINT office_work
    CHECK (work <@ ARRAY['visas', 'passports']::varchar(9)[] AND cardinality(work) >= 1);
ALTER TABLE visas_consulateplacement RENAME TO offices_officeplacement;
ALTER TABLE offices_officeplacement RENAME COLUMN consulate_id TO office_id;
ALTER INDEX consulate_placement_once RENAME TO office_placement_once;
ALTER TABLE offices_officeplacement
    RENAME CONSTRAINT consulate_placement_ended_at_by TO office_placement_ended_at_by;
ALTER TABLE offices_officeplacement
    RENAME CONSTRAINT consulate_placement_not_own TO office_placement_not_own;
"""
BACK = """
ALTER TABLE offices_officeplacement
    RENAME CONSTRAINT office_placement_not_own TO consulate_placement_not_own;
ALTER TABLE offices_officeplacement
    RENAME CONSTRAINT office_placement_ended_at_by TO consulate_placement_ended_at_by;
ALTER INDEX office_placement_once RENAME TO consulate_placement_once;
ALTER TABLE offices_officeplacement RENAME COLUMN office_id TO consulate_id;
ALTER TABLE offices_officeplacement RENAME TO visas_consulateplacement;
ALTER TABLE offices_issuingoffice DROP COLUMN work;
ALTER TABLE offices_issuingoffice RENAME CONSTRAINT office_has_english TO consulate_has_english;
ALTER TABLE offices_issuingoffice RENAME TO visas_consulate;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_offices_and_wings"),
        ("reference", "0001_code_lists"),
        ("visas", "0003_manual"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(MOVE, BACK)],
            state_operations=[
        migrations.CreateModel(
            name='IssuingOffice',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('in_use', models.BooleanField(default=True)),
                ('names', models.JSONField(default=dict)),
                ('work', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('visas', 'Visas and permits'), ('passports', 'Passports and travel papers')], max_length=9), default=list, size=None)),
                ('on_public_page', models.BooleanField(default=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.country')),
            ],
            options={
                'ordering': ('code',),
            },
        ),
        migrations.CreateModel(
            name='OfficePlacement',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('placed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True, verbose_name='Ended')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='offices.issuingoffice')),
                ('placed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='office_placements', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('office', 'placed_at'),
            },
        ),
        migrations.AddConstraint(
            model_name='issuingoffice',
            constraint=models.CheckConstraint(condition=models.Q(('names__has_key', 'en'), models.Q(('names__en', ''), _negated=True)), name='office_has_english'),
        ),
        migrations.AddConstraint(
            model_name='issuingoffice',
            constraint=models.CheckConstraint(condition=models.Q(('work__contained_by', ['visas', 'passports']), ('work__len__gte', 1)), name='office_work'),
        ),
        migrations.AddConstraint(
            model_name='officeplacement',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user', 'office'), name='office_placement_once'),
        ),
        migrations.AddConstraint(
            model_name='officeplacement',
            constraint=models.CheckConstraint(condition=models.Q(('ended_by', None), ('ended_at__isnull', False), _connector='OR'), name='office_placement_ended_at_by'),
        ),
        migrations.AddConstraint(
            model_name='officeplacement',
            constraint=models.CheckConstraint(condition=models.Q(('placed_by', None), models.Q(('placed_by', models.F('user')), _negated=True), _connector='OR'), name='office_placement_not_own'),
        ),
            ],
        ),
    ]
