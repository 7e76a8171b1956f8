"""The stock of stickers becomes the stock of all blanks; its rows and their movements move along."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import safar.core.node
from django.conf import settings
from django.db import migrations, models


# Nothing is copied: the tables get another name, so that no movement is written anew.
MOVE = """
ALTER TABLE visas_stickerblank RENAME TO blanks_blank;
ALTER TABLE visas_blankmovement RENAME TO blanks_blankmovement;
ALTER TABLE visas_blankcount RENAME TO blanks_blankcount;
ALTER TABLE visas_blankdestruction RENAME TO blanks_blankdestruction;

ALTER TABLE blanks_blank ADD COLUMN kind varchar(12) NOT NULL DEFAULT 'sticker',
    ADD COLUMN box_id uuid REFERENCES blanks_box (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE blanks_blank ALTER COLUMN kind DROP DEFAULT,
    ADD CONSTRAINT blank_kind CHECK (kind IN ('sticker', 'booklet', 'card', 'travel_paper'));
CREATE INDEX blanks_blank_box_id ON blanks_blank (box_id);
DROP INDEX blank_in_hand;
CREATE INDEX blank_in_hand ON blanks_blank (holder_id, kind, number) WHERE state = 'in_hand';

ALTER TABLE blanks_blankcount ADD COLUMN kind varchar(12) NOT NULL DEFAULT 'sticker',
    ADD COLUMN boxes varchar(20)[] NOT NULL DEFAULT '{}';
ALTER TABLE blanks_blankcount ALTER COLUMN kind DROP DEFAULT, ALTER COLUMN boxes DROP DEFAULT;

-- What a blank became belongs to an app above: its key stays, its foreign key goes.
DO $$ DECLARE link text; BEGIN
    FOR link IN SELECT conname FROM pg_constraint
        WHERE conrelid = 'blanks_blankmovement'::regclass AND contype = 'f'
            AND confrelid = 'visas_visa'::regclass
    LOOP EXECUTE format('ALTER TABLE blanks_blankmovement DROP CONSTRAINT %I', link); END LOOP;
END $$;
ALTER TABLE blanks_blankmovement RENAME COLUMN visa_id TO became;
ALTER TABLE blanks_blankmovement RENAME CONSTRAINT blank_issued_as_visa TO blank_issued_as;
DROP TRIGGER visas_blank_keeps ON blanks_blank;
DROP FUNCTION visas_blank_keeps();
"""
# What lies under a seal becomes nothing, and no seal is broken by one person, whatever Python says.
KEEPS = """
CREATE FUNCTION blanks_blank_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A blank is never struck out';
    END IF;
    IF NEW.number <> OLD.number OR NEW.kind <> OLD.kind
        OR OLD.state = 'destroyed' AND NEW.state <> OLD.state THEN
        RAISE EXCEPTION 'A blank keeps its number and kind, and what was destroyed stays so';
    END IF;
    IF NEW.state = 'issued' AND OLD.state <> 'issued' AND NEW.box_id IS NOT NULL
        AND (SELECT status FROM blanks_box WHERE id = NEW.box_id) <> 'open' THEN
        RAISE EXCEPTION 'A blank under a seal becomes nothing';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER blanks_blank_keeps BEFORE UPDATE OR DELETE ON blanks_blank
    FOR EACH ROW EXECUTE FUNCTION blanks_blank_keeps();

CREATE FUNCTION blanks_box_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A box is never struck out';
    END IF;
    IF OLD.status = 'sealed' AND NEW.status = 'open' AND NOT EXISTS (
        SELECT FROM blanks_boxopening
        WHERE box_id = NEW.id AND status = 'opened' AND seal = OLD.seal) THEN
        RAISE EXCEPTION 'A box is opened by two people';
    END IF;
    IF NEW.seal <> OLD.seal AND NOT (OLD.status = 'open' AND NEW.status = 'sealed') THEN
        RAISE EXCEPTION 'A seal changes where a box is sealed again';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER blanks_box_keeps BEFORE UPDATE OR DELETE ON blanks_box
    FOR EACH ROW EXECUTE FUNCTION blanks_box_keeps();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('offices', '0001_offices'),
        ('visas', '0004_offices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Box',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='Box')),
                ('kind', models.CharField(choices=[('sticker', 'Visa sticker'), ('booklet', 'Passport booklet'), ('card', 'Identity card'), ('travel_paper', 'Travel paper')], max_length=12, verbose_name='Kind')),
                ('first', models.CharField(max_length=9, verbose_name='First number')),
                ('last', models.CharField(max_length=9, verbose_name='Last number')),
                ('seal', models.CharField(max_length=20, verbose_name='Seal')),
                ('status', models.CharField(choices=[('sealed', 'Sealed'), ('on_the_way', 'On the way'), ('open', 'Open'), ('locked', 'Locked: its seal was not the one on record'), ('condemned', 'Condemned: its blanks are spoiled')], default='sealed', max_length=10)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('arrived_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='boxes', to='offices.issuingoffice')),
            ],
            options={
                'verbose_name_plural': 'boxes',
                'ordering': ('number',),
            },
        ),
        migrations.AddConstraint(
            model_name='box',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['sealed', 'on_the_way', 'open', 'locked', 'condemned'])), name='box_status'),
        ),
        migrations.AddConstraint(
            model_name='box',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['sticker', 'booklet', 'card', 'travel_paper'])), name='box_kind'),
        ),
        migrations.AddConstraint(
            model_name='box',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seal', ''), _negated=True), models.Q(('number', ''), _negated=True)), name='box_seal'),
        ),
        migrations.AddConstraint(
            model_name='box',
            constraint=models.CheckConstraint(condition=models.Q(('arrived_by', None), ('arrived_at__isnull', False), _connector='OR'), name='box_arrived_at_by'),
        ),
        migrations.CreateModel(
            name='BoxOpening',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('seal', models.CharField(max_length=20)),
                ('seal_seen', models.CharField(max_length=20, verbose_name='Seal, as it reads on the box')),
                ('seal_seen_again', models.CharField(blank=True, max_length=20)),
                ('status', models.CharField(choices=[('proposed', 'Waiting for a second person'), ('opened', 'Opened by two people'), ('locked', 'Another seal: the box is locked'), ('declined', 'Declined')], default='proposed', max_length=8)),
                ('proposed_at', models.DateTimeField()),
                ('proposed_by_name', models.CharField(max_length=120)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=120)),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='blanks.box')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-proposed_at',),
            },
        ),
        migrations.AddConstraint(
            model_name='boxopening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decided_by_name', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by_name', ''), _negated=True), models.Q(('proposed_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR')), models.Q(('decided_at__isnull', False), ('decided_by', None), ('proposed_by', None), models.Q(('decided_by_name', ''), _negated=True), models.Q(('decided_by_name', models.F('proposed_by_name')), _negated=True)), _connector='OR'), name='opening_two_people'),
        ),
        migrations.AddConstraint(
            model_name='boxopening',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'proposed')), fields=('box',), name='one_open_opening'),
        ),
        migrations.AddConstraint(
            model_name='boxopening',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'proposed'), models.Q(('decided_at', None), _negated=True), _connector='OR'), name='opening_decided'),
        ),
        migrations.AddConstraint(
            model_name='boxopening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'opened'), _negated=True), models.Q(('seal_seen', models.F('seal')), ('seal_seen_again', models.F('seal'))), _connector='OR'), name='opening_seal_as_on_record'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(MOVE),
            ],
            state_operations=[
                migrations.CreateModel(
                    name='Blank',
                    fields=[
                        ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('number', models.CharField(max_length=9, unique=True, verbose_name='Number')),
                        ('kind', models.CharField(choices=[('sticker', 'Visa sticker'), ('booklet', 'Passport booklet'), ('card', 'Identity card'), ('travel_paper', 'Travel paper')], max_length=12, verbose_name='Kind')),
                        ('state', models.CharField(choices=[('in_hand', 'In hand'), ('on_the_way', 'On the way'), ('issued', 'Issued'), ('spoiled', 'Spoiled'), ('lost', 'Lost or stolen'), ('destroyed', 'Destroyed')], default='in_hand', max_length=10)),
                        ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='blanks', to='offices.issuingoffice')),
                        ('box', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='blanks', to='blanks.box')),
                    ],
                    options={
                        'ordering': ('number',),
                    },
                ),
                migrations.CreateModel(
                    name='BlankCount',
                    fields=[
                        ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('sticker', 'Visa sticker'), ('booklet', 'Passport booklet'), ('card', 'Identity card'), ('travel_paper', 'Travel paper')], max_length=12)),
                        ('day', models.DateField()),
                        ('received', models.IntegerField()),
                        ('issued', models.IntegerField()),
                        ('spoiled', models.IntegerField()),
                        ('lost', models.IntegerField()),
                        ('destroyed', models.IntegerField()),
                        ('in_hand', models.IntegerField()),
                        ('difference', models.IntegerField()),
                        ('numbers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=9), default=list, size=None)),
                        ('boxes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                        ('counted_at', models.DateTimeField()),
                        ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.issuingoffice')),
                    ],
                    options={
                        'ordering': ('-day', 'holder', 'kind'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('difference', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('received'), '-', models.F('issued')), '-', models.F('spoiled')), '-', models.F('lost')), '-', models.F('destroyed')), '-', models.F('in_hand')))), name='blank_count_adds_up')],
                    },
                ),
                migrations.CreateModel(
                    name='BlankDestruction',
                    fields=[
                        ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('numbers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=9), size=None)),
                        ('reason', models.CharField(max_length=200, verbose_name='Reason')),
                        ('status', models.CharField(choices=[('proposed', 'Waiting for a second person'), ('done', 'Destroyed'), ('declined', 'Declined')], default='proposed', max_length=8)),
                        ('proposed_at', models.DateTimeField()),
                        ('proposed_by_name', models.CharField(max_length=120)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_by_name', models.CharField(blank=True, max_length=120)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.issuingoffice')),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ('-proposed_at',),
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decided_by_name', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by_name', ''), _negated=True), models.Q(('proposed_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR')), models.Q(('decided_at__isnull', False), ('decided_by', None), ('proposed_by', None), models.Q(('decided_by_name', ''), _negated=True), models.Q(('decided_by_name', models.F('proposed_by_name')), _negated=True)), _connector='OR'), name='destruction_two_people'), models.CheckConstraint(condition=models.Q(('status', 'proposed'), models.Q(('decided_at', None), _negated=True), _connector='OR'), name='destruction_decided'), models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'done', 'declined'])), name='destruction_status'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='destruction_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='BlankMovement',
                    fields=[
                        ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('received', 'Received from the printer'), ('sent', 'Sent to an office'), ('acknowledged', 'Acknowledged by the office'), ('issued', 'Issued'), ('spoiled', 'Spoiled'), ('lost', 'Lost or stolen'), ('destroyed', 'Destroyed by two people')], max_length=12)),
                        ('became', models.UUIDField(null=True)),
                        ('batch', models.UUIDField(db_index=True)),
                        ('reason', models.CharField(blank=True, max_length=200, verbose_name='Reason')),
                        ('at', models.DateTimeField()),
                        ('by_name', models.CharField(max_length=120)),
                        ('second_name', models.CharField(blank=True, max_length=120)),
                        ('blank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='blanks.blank')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.issuingoffice')),
                        ('second', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ('at', 'pk'),
                        'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'issued')), fields=('blank',), name='blank_issued_once'), models.UniqueConstraint(condition=models.Q(('kind', 'received')), fields=('blank',), name='blank_received_once'), models.UniqueConstraint(condition=models.Q(('kind', 'destroyed')), fields=('blank',), name='blank_destroyed_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'sent', 'acknowledged', 'issued', 'spoiled', 'lost', 'destroyed'])), name='blank_movement_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('destroyed',)), _negated=True), models.Q(models.Q(('second_name', ''), _negated=True), models.Q(('by', None), ('second', None), models.Q(('by', models.F('second')), _negated=True), _connector='OR'), models.Q(('by_name', models.F('second_name')), _negated=True)), _connector='OR'), name='blank_destroyed_by_two'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('spoiled', 'lost', 'destroyed')), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='blank_lost_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('became__isnull', False), ('kind', 'issued')), models.Q(models.Q(('kind', 'issued'), _negated=True), ('became', None)), _connector='OR'), name='blank_issued_as')],
                    },
                ),
                migrations.AddIndex(
                    model_name='blank',
                    index=models.Index(condition=models.Q(('state', 'in_hand')), fields=['holder', 'kind', 'number'], name='blank_in_hand'),
                ),
                migrations.AddConstraint(
                    model_name='blank',
                    constraint=models.CheckConstraint(condition=models.Q(('state__in', ['in_hand', 'on_the_way', 'issued', 'spoiled', 'lost', 'destroyed'])), name='blank_state'),
                ),
                migrations.AddConstraint(
                    model_name='blank',
                    constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['sticker', 'booklet', 'card', 'travel_paper'])), name='blank_kind'),
                ),
                migrations.AddConstraint(
                    model_name='blank',
                    constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^[A-Z0-9]{4,9}$')), name='blank_number'),
                ),
            ],
        ),
        migrations.RunSQL(
            sql=KEEPS,
        ),
    ]
