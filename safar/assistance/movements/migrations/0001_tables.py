

import django.contrib.postgres.fields
import django.db.models.deletion
import safar.core.node
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0003_offices_and_wings'),
        ('cases', '0005_erasing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MovementJourney',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('status', models.CharField(choices=[('held', 'Seats held'), ('ticketed', 'Ticketed'), ('cancelled', 'Cancelled'), ('departed', 'Departed'), ('arrived', 'Arrived')], default='held', max_length=9, verbose_name='State')),
                ('carrier', models.CharField(max_length=60, verbose_name='Carrier')),
                ('reference', models.CharField(max_length=10, verbose_name='Booking reference')),
                ('fare', models.CharField(choices=[('resettlement', 'Refugee fare by agreement'), ('migrant', 'Migrant fare by agreement'), ('public', 'Public fare')], max_length=12, verbose_name='Fare')),
                ('agreement', models.CharField(blank=True, max_length=40, verbose_name='Agreement with the carrier')),
                ('held_until', models.DateField(null=True, verbose_name='Tickets held until')),
                ('help_from', models.DateTimeField(null=True, verbose_name='Help at the airport from')),
                ('revision', models.PositiveSmallIntegerField(default=1)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='journeys', to='cases.case')),
                ('receiving', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.partner', verbose_name='Receiving mission')),
                ('transit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.partner', verbose_name='Transit mission')),
            ],
        ),
        migrations.CreateModel(
            name='Leg',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('flight', models.CharField(max_length=10, verbose_name='Flight')),
                ('from_place', models.CharField(max_length=60, verbose_name='From')),
                ('departs_at', models.DateTimeField(verbose_name='Departs')),
                ('to_place', models.CharField(max_length=60, verbose_name='To')),
                ('arrives_at', models.DateTimeField(verbose_name='Lands')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legs', to='cases.case')),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legs', to='movements.movementjourney')),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='JourneyEvent',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('check_in', 'Helped at check-in'), ('border', 'Helped at the border'), ('customs', 'Helped at customs'), ('clothing', 'Warm clothing given'), ('transit_met', 'Met in transit'), ('missed', 'Missed the connection'), ('rebooked', 'Booked on another flight'), ('other', 'Something else')], max_length=12, verbose_name='What')),
                ('at', models.DateTimeField(verbose_name='When')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='Where')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='What happened')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='journey_events', to='cases.case')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='movements.movementjourney')),
            ],
            options={
                'ordering': ('at',),
            },
        ),
        migrations.CreateModel(
            name='Escort',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('', 'No escort'), ('operational', 'Escort'), ('medical', 'Medical escort')], max_length=12, verbose_name='Kind')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('passport', models.CharField(max_length=20, verbose_name='Passport')),
                ('passport_until', models.DateField(verbose_name='Passport holds until')),
                ('visa_until', models.DateField(null=True, verbose_name='Visa holds until')),
                ('returns_on', models.DateField(verbose_name='Returns on')),
                ('reported_on', models.DateField(null=True, verbose_name='Reported on')),
                ('report', models.CharField(blank=True, max_length=500, verbose_name='Report')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='escorts', to='cases.case')),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='escorts', to='movements.movementjourney')),
            ],
        ),
        migrations.CreateModel(
            name='BookingNotice',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('new', 'New booking'), ('changed', 'Changed booking'), ('cancelled', 'Cancelled'), ('departed', 'Departed'), ('arrived', 'Arrived')], max_length=9)),
                ('number', models.PositiveSmallIntegerField()),
                ('revision', models.PositiveSmallIntegerField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='booking_notices', to='cases.case')),
                ('disclosure', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='booking_notice', to='cases.disclosure')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.partner')),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='movements.movementjourney')),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='MovementScheme',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20, verbose_name='Code')),
                ('destination', models.CharField(blank=True, max_length=3, verbose_name='Destination')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('selection', models.CharField(choices=[('dossier', 'By dossier'), ('mission', 'By a selection mission'), ('embassy', 'By its embassy'), ('none', 'Nobody selects')], max_length=8, verbose_name='Who selects')),
                ('fare', models.CharField(choices=[('resettlement', 'Refugee fare by agreement'), ('migrant', 'Migrant fare by agreement'), ('public', 'Public fare')], max_length=12, verbose_name='Fare')),
                ('payer', models.CharField(choices=[('state', 'The receiving state'), ('loan', 'On loan'), ('project', 'A project of ours'), ('sponsor', 'The sponsor'), ('self', 'The travellers themselves')], max_length=8, verbose_name='Who pays')),
                ('loan_adult', models.DecimalField(decimal_places=2, max_digits=10, null=True, verbose_name='Travel loan, an adult')),
                ('loan_child', models.DecimalField(decimal_places=2, max_digits=10, null=True, verbose_name='Travel loan, a child')),
                ('loan_currency', models.CharField(blank=True, max_length=3, verbose_name='Currency')),
                ('valid_from', models.DateField(verbose_name='From')),
                ('valid_to', models.DateField(null=True, verbose_name='Until')),
                ('source', models.CharField(max_length=200, verbose_name='Source')),
                ('confidence', models.CharField(max_length=10, verbose_name='How sure')),
            ],
            options={
                'ordering': ('destination', 'code', '-valid_from'),
                'constraints': [models.UniqueConstraint(models.F('code'), models.F('valid_from'), name='movement_scheme_once'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='movement_scheme_dates'), models.CheckConstraint(condition=models.Q(models.Q(('loan_adult', None), ('loan_child', None), ('loan_currency', '')), models.Q(('loan_adult__gt', 0), ('loan_child__gte', 0), ('loan_currency__regex', '^[A-Z]{3}$')), _connector='OR'), name='movement_scheme_loan_whole')],
            },
        ),
        migrations.CreateModel(
            name='MovementFile',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('destination', models.CharField(max_length=3, verbose_name='Goes to')),
                ('destination_place', models.CharField(blank=True, max_length=80, verbose_name='Town there')),
                ('departs_from', models.CharField(max_length=3, verbose_name='Leaves from')),
                ('referred_by', models.CharField(choices=[('unhcr', 'UNHCR'), ('state', 'The receiving state'), ('family', 'The family there'), ('self', 'The travellers themselves')], max_length=6, verbose_name='Referred by')),
                ('priority', models.CharField(choices=[('normal', 'Normal'), ('urgent', 'Urgent'), ('emergency', 'Emergency')], default='normal', max_length=9, verbose_name='Priority')),
                ('sponsor', models.CharField(blank=True, max_length=120, verbose_name='Sponsor or family there')),
                ('state_reference', models.CharField(blank=True, max_length=40, verbose_name="The receiving state's reference")),
                ('accepted_on', models.DateField(null=True, verbose_name='Accepted on')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='movement', to='cases.case')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='movements.movementscheme', verbose_name='Scheme')),
            ],
        ),
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('departed_on', models.DateField(verbose_name='Left on')),
                ('departs_from', models.CharField(max_length=3, verbose_name='Left from')),
                ('destination', models.CharField(max_length=3, verbose_name='Went to')),
                ('arrived_on', models.DateField(null=True, verbose_name='Arrived')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='departures', to='cases.case')),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='departure', to='cases.casemember')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='movements.movementscheme')),
            ],
        ),
        migrations.CreateModel(
            name='NoticeReceipt',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.CharField(max_length=120)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_receipts', to='cases.case')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='receipt', to='movements.bookingnotice')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OrientationSession',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('destination', models.CharField(max_length=3, verbose_name='For those who go to')),
                ('title', models.CharField(max_length=120, verbose_name='What')),
                ('venue', models.CharField(max_length=120, verbose_name='Where')),
                ('language', models.CharField(max_length=3, verbose_name='Language')),
                ('starts_on', models.DateField(verbose_name='From')),
                ('ends_on', models.DateField(verbose_name='Until')),
                ('places', models.PositiveSmallIntegerField(verbose_name='Places')),
                ('called_off_at', models.DateTimeField(null=True)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
            options={
                'ordering': ('starts_on',),
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('attended', models.CharField(choices=[('invited', 'Invited'), ('came', 'Came'), ('absent', 'Did not come')], default='invited', max_length=7, verbose_name='Came')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='cases.case')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='cases.casemember')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='movements.orientationsession')),
            ],
        ),
        migrations.CreateModel(
            name='Passenger',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('ticket', models.CharField(blank=True, max_length=20, verbose_name='Ticket')),
                ('cost', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='Cost')),
                ('currency', models.CharField(max_length=3, verbose_name='Currency')),
                ('payer', models.CharField(choices=[('state', 'The receiving state'), ('loan', 'On loan'), ('project', 'A project of ours'), ('sponsor', 'The sponsor'), ('self', 'The travellers themselves')], max_length=8, verbose_name='Who pays')),
                ('boarded', models.CharField(choices=[('booked', 'Booked'), ('boarded', 'On board'), ('no_show', 'Did not come'), ('turned_back', 'Turned back at the border')], default='booked', max_length=11, verbose_name='Departure')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passengers', to='cases.case')),
                ('journey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passengers', to='movements.movementjourney')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='cases.casemember')),
            ],
        ),
        migrations.CreateModel(
            name='SchemeStep',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('interview', 'Interview'), ('decision', 'Decision letter'), ('security', 'Security check'), ('medical', 'Medical'), ('orientation', 'Orientation'), ('document', 'Travel document'), ('exit', 'Exit permission'), ('visa', 'Visa'), ('transit_visa', 'Transit visa'), ('loan', 'Travel loan'), ('preflight', 'Check before the flight')], max_length=12, verbose_name='Step')),
                ('number', models.PositiveSmallIntegerField(verbose_name='Order')),
                ('from_age', models.PositiveSmallIntegerField(default=0, verbose_name='From which age')),
                ('for_applicant_only', models.BooleanField(default=False, verbose_name='For the applicant alone')),
                ('expires', models.BooleanField(default=False, verbose_name='Has an end of validity')),
                ('valid_months', models.PositiveSmallIntegerField(null=True, verbose_name='Usually valid for, months')),
                ('days', models.PositiveSmallIntegerField(null=True, verbose_name='Days to do it in, from acceptance')),
                ('papers', models.CharField(blank=True, max_length=200, verbose_name='Papers that it takes')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='movements.movementscheme')),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('interview', 'Interview'), ('decision', 'Decision letter'), ('security', 'Security check'), ('medical', 'Medical'), ('orientation', 'Orientation'), ('document', 'Travel document'), ('exit', 'Exit permission'), ('visa', 'Visa'), ('transit_visa', 'Transit visa'), ('loan', 'Travel loan'), ('preflight', 'Check before the flight')], max_length=12, verbose_name='Step')),
                ('number', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('to_do', 'Still to do'), ('asked', 'Asked'), ('sent_back', 'Sent back'), ('refused', 'Refused by them'), ('done', 'Done'), ('not_needed', 'Not needed')], default='to_do', max_length=10, verbose_name='State')),
                ('needs_expiry', models.BooleanField(default=False)),
                ('due_on', models.DateField(null=True, verbose_name='Due')),
                ('asked_on', models.DateField(null=True, verbose_name='Asked on')),
                ('done_on', models.DateField(null=True, verbose_name='Done on')),
                ('expires_on', models.DateField(null=True, verbose_name='Holds until')),
                ('reference', models.CharField(blank=True, max_length=40, verbose_name='Number')),
                ('remark', models.CharField(blank=True, max_length=200, verbose_name='Remark')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='cases.case')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='cases.casemember')),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='When')),
                ('venue', models.CharField(max_length=120, verbose_name='Where')),
                ('language', models.CharField(max_length=3, verbose_name='Language')),
                ('interpreter', models.CharField(blank=True, max_length=120, verbose_name='Interpreter')),
                ('told_on', models.DateField(null=True, verbose_name='The family was told on')),
                ('set_at', models.DateTimeField(auto_now_add=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interviews', to='cases.case')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interviews', to='movements.step')),
            ],
            options={
                'ordering': ('at',),
            },
        ),
        migrations.CreateModel(
            name='TravelHealth',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('fitness', models.CharField(choices=[('not_seen', 'Not examined yet'), ('fit', 'Fit to travel'), ('fit_with_needs', 'Fit to travel, with help'), ('held', 'On medical hold'), ('not_fit', 'Not fit to travel')], default='not_seen', max_length=14, verbose_name='Fitness')),
                ('holds_until', models.DateField(null=True, verbose_name='Holds until')),
                ('look_again_on', models.DateField(null=True, verbose_name='Looked at again on')),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('wheelchair', 'Wheelchair'), ('stretcher', 'Stretcher'), ('oxygen', 'Oxygen'), ('own_medicine', 'Own medicine in the hand baggage'), ('two_seats', 'A second seat'), ('diet', 'Special food'), ('calm', 'Boards last, sits at the front')], max_length=14), blank=True, default=list, size=None)),
                ('escort', models.CharField(blank=True, choices=[('', 'No escort'), ('operational', 'Escort'), ('medical', 'Medical escort')], max_length=12, verbose_name='Escort')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='Checked before the flight')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='travel_health', to='cases.case')),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='travel_health', to='cases.casemember')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='TravelLoan',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('status', models.CharField(choices=[('draft', 'To be signed'), ('signed', 'Signed'), ('assigned', 'Assigned for repayment'), ('repaid', 'Repaid'), ('cancelled', 'Cancelled')], default='draft', max_length=9, verbose_name='State')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='Promissory note')),
                ('adults', models.PositiveSmallIntegerField(verbose_name='Adults')),
                ('children', models.PositiveSmallIntegerField(verbose_name='Children')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='Amount')),
                ('currency', models.CharField(max_length=3, verbose_name='Currency')),
                ('signed_on', models.DateField(null=True, verbose_name='Signed on')),
                ('assigned_to', models.CharField(blank=True, max_length=120, verbose_name='Repaid to')),
                ('assigned_on', models.DateField(null=True, verbose_name='Assigned on')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='travel_loans', to='cases.case')),
                ('signer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.casemember', verbose_name='Who signed')),
            ],
        ),
        migrations.CreateModel(
            name='LoanRepayment',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='Amount')),
                ('paid_on', models.DateField(verbose_name='Paid on')),
                ('receipt', models.CharField(max_length=40, verbose_name='Receipt')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='loan_repayments', to='cases.case')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='repayments', to='movements.travelloan')),
            ],
            options={
                'ordering': ('paid_on',),
            },
        ),
        migrations.CreateModel(
            name='TravelTogether',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('why', models.CharField(max_length=120, verbose_name='Why')),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='travels_with', to='cases.case')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Examination',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('compartment', models.CharField(choices=[('open', 'Open'), ('programme', 'Programme file'), ('protection', 'Protection file'), ('restricted', 'Restricted file'), ('medical', 'Medical file')], default='medical', editable=False, max_length=12)),
                ('examined_on', models.DateField(verbose_name='Examined on')),
                ('clinic', models.CharField(max_length=120, verbose_name='Clinic')),
                ('outcome', models.CharField(choices=[('no_finding', 'No finding'), ('class_b', 'A finding that does not keep from travel'), ('class_a', 'A finding to be treated first'), ('more_tests', 'More tests are needed')], max_length=10, verbose_name='Outcome')),
                ('finding', models.BinaryField(verbose_name='Finding, sealed')),
                ('kept_at', models.DateTimeField(auto_now_add=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='examinations', to='cases.case')),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='examinations', to='cases.casemember')),
            ],
            options={
                'ordering': ('examined_on',),
                'constraints': [models.CheckConstraint(condition=models.Q(('compartment', 'medical')), name='examination_is_medical')],
            },
        ),
        migrations.AddConstraint(
            model_name='movementjourney',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('held', 'ticketed', 'departed'))), fields=('case',), name='journey_one_live'),
        ),
        migrations.AddIndex(
            model_name='leg',
            index=models.Index(fields=['flight', 'departs_at'], name='leg_by_flight'),
        ),
        migrations.AddConstraint(
            model_name='leg',
            constraint=models.UniqueConstraint(models.F('journey'), models.F('number'), name='leg_once'),
        ),
        migrations.AddConstraint(
            model_name='leg',
            constraint=models.CheckConstraint(condition=models.Q(('arrives_at__gt', models.F('departs_at'))), name='leg_lands_later'),
        ),
        migrations.AddConstraint(
            model_name='escort',
            constraint=models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='escort_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='escort',
            constraint=models.CheckConstraint(condition=models.Q(('passport_until__gte', models.F('returns_on')), models.Q(('visa_until', None), ('visa_until__gte', models.F('returns_on')), _connector='OR')), name='escort_papers_hold'),
        ),
        migrations.AddConstraint(
            model_name='bookingnotice',
            constraint=models.UniqueConstraint(models.F('journey'), models.F('recipient'), models.F('number'), name='notice_version_once'),
        ),
        migrations.AddConstraint(
            model_name='bookingnotice',
            constraint=models.UniqueConstraint(models.F('journey'), models.F('recipient'), models.F('kind'), models.F('revision'), name='notice_told_once'),
        ),
        migrations.AddConstraint(
            model_name='bookingnotice',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='notice_numbered_from_one'),
        ),
        migrations.AddConstraint(
            model_name='movementfile',
            constraint=models.UniqueConstraint(condition=models.Q(('state_reference__in', ('', '-')), _negated=True), fields=('destination', 'state_reference'), name='movement_referred_once'),
        ),
        migrations.AddConstraint(
            model_name='movementfile',
            constraint=models.CheckConstraint(condition=models.Q(('destination', models.F('departs_from')), _negated=True), name='movement_leaves'),
        ),
        migrations.AddIndex(
            model_name='departure',
            index=models.Index(fields=['departed_on'], name='departure_by_day'),
        ),
        migrations.AddConstraint(
            model_name='departure',
            constraint=models.CheckConstraint(condition=models.Q(('arrived_on', None), ('arrived_on__gte', models.F('departed_on')), _connector='OR'), name='departure_then_arrival'),
        ),
        migrations.AddConstraint(
            model_name='orientationsession',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='session_dates'),
        ),
        migrations.AddConstraint(
            model_name='orientationsession',
            constraint=models.CheckConstraint(condition=models.Q(('places__gt', 0)), name='session_has_places'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(models.F('session'), models.F('member'), name='attendance_once'),
        ),
        migrations.AddConstraint(
            model_name='passenger',
            constraint=models.UniqueConstraint(models.F('journey'), models.F('member'), name='passenger_once'),
        ),
        migrations.AddConstraint(
            model_name='passenger',
            constraint=models.CheckConstraint(condition=models.Q(('cost__gte', 0), ('currency__regex', '^[A-Z]{3}$')), name='passenger_cost'),
        ),
        migrations.AddConstraint(
            model_name='schemestep',
            constraint=models.UniqueConstraint(models.F('scheme'), models.F('kind'), name='scheme_step_once'),
        ),
        migrations.AddConstraint(
            model_name='schemestep',
            constraint=models.CheckConstraint(condition=models.Q(('valid_months', None), ('expires', True), _connector='OR'), name='scheme_step_validity'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(fields=['status', 'due_on'], name='step_due'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(models.F('case'), models.F('member'), models.F('kind'), name='step_once'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'done'), _negated=True), models.Q(('done_on__isnull', False), models.Q(('needs_expiry', False), ('expires_on__isnull', False), _connector='OR')), _connector='OR'), name='step_done_says_when'),
        ),
        migrations.AddIndex(
            model_name='interview',
            index=models.Index(fields=['at'], name='interview_by_time'),
        ),
        migrations.AddConstraint(
            model_name='travelhealth',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fitness__in', ('fit', 'fit_with_needs')), _negated=True), ('holds_until__isnull', False), _connector='OR'), name='travel_health_fit_until'),
        ),
        migrations.AddConstraint(
            model_name='travelloan',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'cancelled'), _negated=True), fields=('case',), name='loan_one_stands'),
        ),
        migrations.AddConstraint(
            model_name='travelloan',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('currency__regex', '^[A-Z]{3}$')), name='loan_amount'),
        ),
        migrations.AddConstraint(
            model_name='travelloan',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('draft', 'cancelled')), models.Q(('signed_on__isnull', False), ('signer__isnull', False)), _connector='OR'), name='loan_signed_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='travelloan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('assigned', 'repaid')), _negated=True), models.Q(('assigned_on__isnull', False), models.Q(('assigned_to', ''), _negated=True)), _connector='OR'), name='loan_assigned_to_whom'),
        ),
        migrations.AddConstraint(
            model_name='loanrepayment',
            constraint=models.UniqueConstraint(models.F('loan'), models.F('receipt'), name='repayment_once'),
        ),
        migrations.AddConstraint(
            model_name='loanrepayment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='repayment_positive'),
        ),
        migrations.AddConstraint(
            model_name='traveltogether',
            constraint=models.UniqueConstraint(models.F('one'), models.F('other'), name='travel_together_once'),
        ),
        migrations.AddConstraint(
            model_name='traveltogether',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='travel_together_ordered'),
        ),
    ]
