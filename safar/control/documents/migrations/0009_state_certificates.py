"""Certificates of states: put forward, trusted by a second person, with their history."""

import django.db.models.deletion
import safar.control.documents.models.chips
import safar.core.node
from django.conf import settings
from django.db import migrations, models

from safar.core.record import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0008_specimens'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CertificateImport',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('list', 'Master list'), ('certificate', 'One certificate')], max_length=11)),
                ('file_name', models.CharField(max_length=120, verbose_name='File')),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('signed_by', models.CharField(blank=True, max_length=300, verbose_name='Signed by')),
                ('root', models.CharField(blank=True, max_length=300)),
                ('root_sha256', models.CharField(blank=True, max_length=64)),
                ('root_trusted', models.BooleanField(default=False)),
                ('source', models.CharField(max_length=200, verbose_name='How it came')),
                ('read', models.PositiveIntegerField()),
                ('proposed', models.PositiveIntegerField()),
                ('known', models.PositiveIntegerField()),
                ('problems', models.JSONField(default=safar.control.documents.models.chips.nothing)),
                ('imported_at', models.DateTimeField()),
                ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-imported_at',),
            },
        ),
        migrations.CreateModel(
            name='StateCertificate',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('country', models.CharField(max_length=2, verbose_name='State')),
                ('subject', models.CharField(max_length=300, verbose_name='Name')),
                ('issuer', models.CharField(max_length=300, verbose_name='Signed by')),
                ('serial', models.CharField(max_length=128, verbose_name='Serial number')),
                ('key_id', models.CharField(blank=True, max_length=128, verbose_name='Key')),
                ('not_before', models.DateField(verbose_name='Valid from')),
                ('not_after', models.DateField(verbose_name='Valid to')),
                ('proof', models.CharField(choices=[('self-signed', 'Signed by itself'), ('link', 'Signed by another key of the state'), ('unproved', 'Signed by a key that is not held')], max_length=11, verbose_name='Proof')),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='Fingerprint')),
                ('status', models.CharField(choices=[('proposed', 'Waiting for a second person'), ('trusted', 'Trusted'), ('declined', 'Declined'), ('distrusted', 'Distrusted')], default='proposed', max_length=10)),
                ('proposed_at', models.DateTimeField()),
                ('proposed_by_name', models.CharField(max_length=120)),
                ('trusted_at', models.DateTimeField(null=True)),
                ('trusted_by_name', models.CharField(blank=True, max_length=120)),
                ('distrusted_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='Reason')),
                ('distrusted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='documents.certificateimport')),
                ('trusted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('country', '-not_before', 'subject'),
            },
        ),
        migrations.CreateModel(
            name='CertificateEvent',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('act', models.CharField(choices=[('proposed', 'Proposed'), ('trusted', 'Trusted'), ('declined', 'Declined'), ('distrusted', 'Distrusted')], max_length=10)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=120)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='documents.statecertificate')),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.AddConstraint(
            model_name='certificateimport',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['list', 'certificate'])), name='certificate_import_kind'),
        ),
        migrations.AddConstraint(
            model_name='certificateimport',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='certificate_import_source'),
        ),
        migrations.AddIndex(
            model_name='statecertificate',
            index=models.Index(fields=['country', 'status'], name='certificate_by_country'),
        ),
        migrations.AddConstraint(
            model_name='statecertificate',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'trusted', 'declined', 'distrusted'])), name='certificate_status'),
        ),
        migrations.AddConstraint(
            model_name='statecertificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('trusted_at', None), ('trusted_by', None), ('trusted_by_name', '')), models.Q(('trusted_at__isnull', False), ('trusted_by__isnull', False), models.Q(('trusted_by_name', ''), _negated=True), models.Q(('proposed_by', None), models.Q(('trusted_by', models.F('proposed_by')), _negated=True), _connector='OR')), models.Q(('proposed_by', None), ('trusted_at__isnull', False), ('trusted_by', None), models.Q(('trusted_by_name', ''), _negated=True), models.Q(('trusted_by_name', models.F('proposed_by_name')), _negated=True)), _connector='OR'), name='certificate_two_people'),
        ),
        migrations.AddConstraint(
            model_name='statecertificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'trusted'), _negated=True), models.Q(('distrusted_at', None), ('trusted_at__isnull', False), ('trusted_by__isnull', False)), _connector='OR'), name='certificate_trusted_by_second'),
        ),
        migrations.AddConstraint(
            model_name='statecertificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('distrusted_at', None), ('distrusted_by', None), ('reason', '')), models.Q(('distrusted_at__isnull', False), ('distrusted_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='certificate_distrusted_why'),
        ),
        migrations.AddConstraint(
            model_name='statecertificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'distrusted'), _negated=True), ('distrusted_at__isnull', False), _connector='OR'), name='certificate_distrusted_by'),
        ),
        migrations.AddConstraint(
            model_name='statecertificate',
            constraint=models.CheckConstraint(condition=models.Q(('country__regex', '^[A-Z]{2}$')), name='certificate_country'),
        ),
        migrations.AddConstraint(
            model_name='certificateevent',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['proposed', 'trusted', 'declined', 'distrusted'])), name='certificate_event_act'),
        ),
        append_only('documents_certificateimport', 'documents_certificateevent'),
    ]
