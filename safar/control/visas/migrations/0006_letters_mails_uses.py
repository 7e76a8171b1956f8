"""Mails to applicants, entries given back, applications erased after their time."""

import django.db.models.deletion
import safar.core.node
from django.conf import settings
from django.db import migrations, models

from safar.control.visas import keeping_sql as sql
from safar.core.record import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('offices', '0001_offices'),
        ("visas", "0005_blanks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StatusMail',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('queued_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('given_up_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('queued_at',),
            },
        ),
        migrations.CreateModel(
            name='UseGivenBack',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('visa_number', models.CharField(max_length=9)),
                ('nth', models.PositiveSmallIntegerField()),
                ('cause_id', models.UUIDField(unique=True)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=120)),
            ],
        ),
        migrations.AlterModelOptions(
            name='visause',
            options={'ordering': ('visa_number', 'nth', 'used_at')},
        ),
        migrations.RemoveConstraint(
            model_name='application',
            name='application_says_who',
        ),
        migrations.RemoveConstraint(
            model_name='application',
            name='application_sent_whole',
        ),
        migrations.RemoveConstraint(
            model_name='visause',
            name='visa_use_once',
        ),
        migrations.AddField(
            model_name='application',
            name='erased_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='application',
            name='language',
            field=models.CharField(choices=[('en', 'English'), ('ru', 'Русский'), ('ky', 'Кыргызча')], default='en', max_length=2, verbose_name='Language of letters'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('surname', ''), _negated=True), models.Q(('birth', ''), _negated=True), models.Q(('nationality', ''), _negated=True)), ('erased_at__isnull', False), _connector='OR'), name='application_says_who'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('address', ''), ('code_hash', ''), ('decision_reason', ''), ('document_expires_on', None), ('document_issued_on', None), ('document_number', ''), ('email', ''), ('given_names', ''), ('inviter', ''), ('name_written', ''), ('phone', ''), ('purpose', ''), ('surname', ''), ('birth__regex', '^(\\d{4})?$')), _connector='OR'), name='application_erased_whole'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'draft'), ('submitted_at', None)), models.Q(('erased_at__isnull', False), ('kind__isnull', False), ('submitted_at__isnull', False)), models.Q(models.Q(('status', 'draft'), _negated=True), ('arrives_on__isnull', False), ('consulate__isnull', False), ('document_expires_on__isnull', False), ('fee_due__isnull', False), ('kind__isnull', False), ('leaves_on__gte', models.F('arrives_on')), ('submitted_at__isnull', False), models.Q(('document_number', ''), _negated=True), models.Q(('issuer', ''), _negated=True), models.Q(('entries_asked', ''), _negated=True)), _connector='OR'), name='application_sent_whole'),
        ),
        migrations.AddField(
            model_name='statusmail',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='visas.application'),
        ),
        migrations.AddField(
            model_name='statusmail',
            name='move',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mail', to='visas.applicationmove'),
        ),
        migrations.AddField(
            model_name='usegivenback',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='usegivenback',
            name='use',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='given_back', to='visas.visause'),
        ),
        migrations.AddField(
            model_name='visause',
            name='after',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='used_again', to='visas.usegivenback'),
        ),
        migrations.AddConstraint(
            model_name='visause',
            constraint=models.UniqueConstraint(condition=models.Q(('after', None)), fields=('visa_number', 'nth'), name='visa_use_once'),
        ),
        migrations.AddConstraint(
            model_name='visause',
            constraint=models.UniqueConstraint(fields=('id', 'visa_number', 'nth'), name='visa_use_as_taken'),
        ),
        migrations.AddIndex(
            model_name='statusmail',
            index=models.Index(models.F('queued_at'), condition=models.Q(('given_up_at', None), ('sent_at', None)), name='status_mail_waits'),
        ),
        migrations.AddConstraint(
            model_name='statusmail',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at', None), ('given_up_at', None), _connector='OR'), name='status_mail_one_end'),
        ),
        migrations.AddConstraint(
            model_name='usegivenback',
            constraint=models.UniqueConstraint(fields=('id', 'visa_number', 'nth'), name='use_given_back_as_taken'),
        ),
        append_only("visas_usegivenback"),
        migrations.RunSQL(sql.GIVEN_BACK, sql.NOT_GIVEN_BACK),
        migrations.RunSQL(sql.FUNCTIONS, sql.NO_FUNCTIONS),
        migrations.RunSQL(
            [sql.KEEP.format(table=table) for table in sql.KEPT],
            [sql.KEEP_FOR_GOOD.format(table=table) for table in sql.KEPT],
        ),
    ]
