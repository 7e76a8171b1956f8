"""Extensions asked for, registrations, overstays and what travellers say of them."""

import django.db.models.deletion
import safar.core.node
from django.conf import settings
from django.db import migrations, models

from safar.core.record import append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('border', '0007_stay_decisions'),
        ('reference', '0001_code_lists'),
        ('travellers', '0002_longer_numbers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Overstay',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('entered_at', models.DateTimeField()),
                ('entered_on', models.DateField()),
                ('citizenship', models.CharField(max_length=3, verbose_name='Citizen of')),
                ('until', models.DateField(verbose_name='Permitted until')),
                ('since', models.DateField(verbose_name='Over since')),
                ('found_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_because', models.CharField(blank=True, choices=[('exit', 'Left'), ('entered_again', 'Entered again: the exit between was not seen'), ('extended', 'The stay was extended'), ('corrected', 'The entry was corrected'), ('annulled', 'The entry was annulled'), ('rebutted', 'What the traveller said was accepted'), ('record', 'The record does not tell')], max_length=13)),
                ('left_on', models.DateField(null=True, verbose_name='Left on')),
                ('days_over', models.PositiveIntegerField(null=True, verbose_name='Days over')),
                ('crossing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='border.crossing')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='travellers.traveldocument')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.crossingpoint')),
                ('traveller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='travellers.traveller')),
            ],
            options={
                'ordering': ('since', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Rebuttal',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('ground', models.CharField(choices=[('other_document', 'Left under another document'), ('other_post', 'Left at a post where it was not recorded'), ('hospital', 'Was in hospital'), ('force_majeure', 'Could not leave: force majeure'), ('wrong_date', 'The day on record is wrong')], max_length=14, verbose_name='What she says')),
                ('said', models.CharField(max_length=2000, verbose_name='In her words')),
                ('evidence', models.CharField(max_length=1000, verbose_name='What she showed')),
                ('excused_until', models.DateField(null=True, verbose_name='Not to be held to')),
                ('status', models.CharField(choices=[('recorded', 'Waits for a second person'), ('accepted', 'Accepted'), ('declined', 'Declined')], default='recorded', max_length=8, verbose_name='Status')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by_name', models.CharField(max_length=120)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=120)),
                ('decision_reason', models.CharField(blank=True, max_length=500, verbose_name='Reason')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('overstay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rebuttals', to='stays.overstay')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-recorded_at',),
            },
        ),
        migrations.CreateModel(
            name='RegistrationRule',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('days', models.PositiveSmallIntegerField(verbose_name='Days')),
                ('working', models.BooleanField(verbose_name='Working days only')),
                ('act', models.CharField(max_length=250, verbose_name='By which act')),
                ('from_day', models.DateField(verbose_name='From')),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-from_day', '-set_at'),
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('entered_at', models.DateTimeField()),
                ('entered_on', models.DateField()),
                ('address', models.CharField(max_length=250, verbose_name='Address')),
                ('region', models.CharField(max_length=80, verbose_name='Region')),
                ('from_day', models.DateField(verbose_name='From')),
                ('until', models.DateField(verbose_name='Until')),
                ('host_kind', models.CharField(choices=[('host', 'A host'), ('hotel', 'A hotel'), ('herself', 'The traveller')], max_length=7, verbose_name='Reported by')),
                ('host', models.CharField(blank=True, max_length=160, verbose_name='Name of the host or hotel')),
                ('due_on', models.DateField()),
                ('days_late', models.PositiveSmallIntegerField(verbose_name='Days late')),
                ('registered_at', models.DateTimeField()),
                ('crossing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='border.crossing')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='travellers.traveldocument')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.crossingpoint')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('traveller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='travellers.traveller')),
                ('rule', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stays.registrationrule')),
            ],
            options={
                'ordering': ('-registered_at',),
            },
        ),
        migrations.CreateModel(
            name='ExtensionApplication',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('entered_at', models.DateTimeField()),
                ('entered_on', models.DateField()),
                ('permitted_before', models.DateField(verbose_name='Permitted until')),
                ('until_asked', models.DateField(verbose_name='Asked until')),
                ('ground', models.CharField(choices=[('illness', 'Illness'), ('study', 'Study'), ('work', 'Work'), ('family', 'Family'), ('humanitarian', 'Humanitarian reasons'), ('transport', 'Transport cancelled')], max_length=12, verbose_name='Ground')),
                ('note', models.CharField(max_length=1000, verbose_name='Note')),
                ('fee_receipt', models.CharField(max_length=30, verbose_name='Number of the receipt')),
                ('status', models.CharField(choices=[('asked', 'Waits for a second person'), ('granted', 'Granted'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='asked', max_length=9, verbose_name='Status')),
                ('prepared_at', models.DateTimeField()),
                ('prepared_by_name', models.CharField(max_length=120)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=120)),
                ('decision_reason', models.CharField(blank=True, max_length=500, verbose_name='Reason')),
                ('granted_until', models.DateField(null=True, verbose_name='Granted until')),
                ('crossing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='border.crossing')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='travellers.traveldocument')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.crossingpoint')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('traveller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='travellers.traveller')),
            ],
            options={
                'ordering': ('-prepared_at',),
                'indexes': [models.Index(models.F('status'), models.F('prepared_at'), name='stay_extension_desk')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decided_by_name', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by_name', ''), _negated=True), models.Q(('prepared_by', None), models.Q(('decided_by', models.F('prepared_by')), _negated=True), _connector='OR')), models.Q(('decided_at__isnull', False), ('decided_by', None), ('prepared_by', None), models.Q(('decided_by_name', ''), _negated=True), models.Q(('decided_by_name', models.F('prepared_by_name')), _negated=True)), _connector='OR'), name='stay_extension_two_people'), models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'granted', 'refused', 'withdrawn'])), name='stay_extension_status'), models.CheckConstraint(condition=models.Q(('ground__in', ['illness', 'study', 'work', 'family', 'humanitarian', 'transport'])), name='stay_extension_ground'), models.CheckConstraint(condition=models.Q(('until_asked__gt', models.F('permitted_before'))), name='stay_extension_longer'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', False), ('status__in', ('granted', 'refused'))), models.Q(models.Q(('status__in', ('granted', 'refused')), _negated=True), ('decided_at', None)), _connector='OR'), name='stay_extension_decided_by_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('granted_until__gt', models.F('permitted_before')), ('status', 'granted')), models.Q(models.Q(('status', 'granted'), _negated=True), ('granted_until', None)), _connector='OR'), name='stay_extension_granted_until'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('decision_reason', ''), _negated=True), _connector='OR'), name='stay_extension_refused_why'), models.UniqueConstraint(models.F('crossing'), condition=models.Q(('status', 'asked')), name='stay_extension_one_open'), models.UniqueConstraint(models.F('fee_receipt'), name='stay_extension_receipt_once')],
            },
        ),
        migrations.AddIndex(
            model_name='overstay',
            index=models.Index(models.F('since'), condition=models.Q(('closed_at', None)), name='overstay_open_by_day'),
        ),
        migrations.AddConstraint(
            model_name='overstay',
            constraint=models.UniqueConstraint(models.F('crossing'), models.F('since'), name='overstay_once'),
        ),
        migrations.AddConstraint(
            model_name='overstay',
            constraint=models.UniqueConstraint(models.F('crossing'), condition=models.Q(('closed_at', None)), name='overstay_one_open'),
        ),
        migrations.AddConstraint(
            model_name='overstay',
            constraint=models.CheckConstraint(condition=models.Q(('since__gt', models.F('until'))), name='overstay_since'),
        ),
        migrations.AddConstraint(
            model_name='overstay',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_because', ''), ('days_over', None), ('left_on', None)), models.Q(('closed_at__isnull', False), ('closed_because__in', ['exit', 'entered_again', 'extended', 'corrected', 'annulled', 'rebutted', 'record'])), _connector='OR'), name='overstay_closed_because'),
        ),
        migrations.AddConstraint(
            model_name='overstay',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_because', 'exit'), ('days_over__isnull', False), ('left_on__isnull', False)), models.Q(('closed_because', 'exit'), _negated=True), _connector='OR'), name='overstay_left_on'),
        ),
        migrations.AddConstraint(
            model_name='rebuttal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decided_by_name', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by_name', ''), _negated=True), models.Q(('recorded_by', None), models.Q(('decided_by', models.F('recorded_by')), _negated=True), _connector='OR')), models.Q(('decided_at__isnull', False), ('decided_by', None), ('recorded_by', None), models.Q(('decided_by_name', ''), _negated=True), models.Q(('decided_by_name', models.F('recorded_by_name')), _negated=True)), _connector='OR'), name='rebuttal_two_people'),
        ),
        migrations.AddConstraint(
            model_name='rebuttal',
            constraint=models.CheckConstraint(condition=models.Q(('ground__in', ['other_document', 'other_post', 'hospital', 'force_majeure', 'wrong_date'])), name='rebuttal_ground'),
        ),
        migrations.AddConstraint(
            model_name='rebuttal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('status', 'recorded')), models.Q(('decided_by__isnull', False), ('status__in', ('accepted', 'declined')), models.Q(('decision_reason', ''), _negated=True)), _connector='OR'), name='rebuttal_decided_why'),
        ),
        migrations.AddConstraint(
            model_name='rebuttal',
            constraint=models.UniqueConstraint(models.F('overstay'), condition=models.Q(('status', 'recorded')), name='rebuttal_one_open'),
        ),
        migrations.AddConstraint(
            model_name='registrationrule',
            constraint=models.CheckConstraint(condition=models.Q(('days__range', (1, 366))), name='registration_rule_days'),
        ),
        migrations.AddConstraint(
            model_name='registrationrule',
            constraint=models.CheckConstraint(condition=models.Q(('act', ''), _negated=True), name='registration_rule_by_an_act'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(models.F('traveller'), models.F('from_day'), name='registration_by_traveller'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['-registered_at'], name='registration_latest'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('from_day'))), name='registration_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('host_kind__in', ['host', 'hotel', 'herself']), models.Q(('host_kind', 'herself'), models.Q(('host', ''), _negated=True), _connector='OR')), name='registration_names_host'),
        ),
        append_only("stays_registration", "stays_registrationrule"),
    ]
