"""The rule of registration is agreed on by two people; what is past its time may be deleted."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import safar.control.stays.models.registration_rules
from safar.control.stays import keeping_sql as sql


class Migration(migrations.Migration):

    dependencies = [
        ('stays', '0001_stays'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(sql.REGISTRATIONS, sql.REGISTRATIONS_FOR_GOOD),
        migrations.RunSQL(sql.MAY_BE_DECIDED, sql.FOR_GOOD),
        migrations.AlterModelOptions(
            name='registrationrule',
            options={'ordering': ('-from_day', '-proposed_at')},
        ),
        migrations.RenameField('registrationrule', 'set_at', 'proposed_at'),
        migrations.RenameField('registrationrule', 'set_by', 'proposed_by'),
        migrations.AddField(
            model_name='registrationrule',
            name='proposed_by_name',
            field=models.CharField(default='', max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='registrationrule',
            name='free',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), default=safar.control.stays.models.registration_rules.nobody, size=None, verbose_name='Citizens who need not'),
        ),
        migrations.AddField(
            model_name='registrationrule',
            name='declined_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='registrationrule',
            name='approved_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='registrationrule',
            name='approved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='registrationrule',
            name='approved_by_name',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.RunSQL(sql.NAMES, migrations.RunSQL.noop),
    ]
