"""The lists of signers that states revoked."""

import django.db.models.deletion
import safar.control.documents.models.revocations
import safar.core.node
from django.conf import settings
from django.db import migrations, models

from safar.core.record import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0010_number_shapes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RevocationList',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('country', models.CharField(max_length=2, verbose_name='State')),
                ('issued_at', models.DateTimeField(verbose_name='Issued')),
                ('due_at', models.DateTimeField(null=True, verbose_name='Next one due')),
                ('serials', models.JSONField(default=safar.control.documents.models.revocations.nothing)),
                ('number', models.PositiveIntegerField(verbose_name='Revoked')),
                ('file_name', models.CharField(max_length=120, verbose_name='File')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('source', models.CharField(max_length=200, verbose_name='How it came')),
                ('imported_at', models.DateTimeField()),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revocation_lists', to='documents.statecertificate')),
                ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('country', '-issued_at', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='revocation_list_source'), models.UniqueConstraint(fields=('certificate', 'issued_at'), name='revocation_list_once')],
            },
        ),
        append_only('documents_revocationlist'),
    ]
