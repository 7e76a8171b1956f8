"""Two people for the rule of registration, by the database; the nights that looked for overstays."""

import safar.core.node
from django.conf import settings
from django.db import migrations, models

from safar.control.stays import keeping_sql as sql
from safar.core.record import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('stays', '0002_rule_by_two_and_keeping'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OverstayNight',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('ended_at', models.DateTimeField()),
                ('added', models.PositiveIntegerField()),
                ('closed', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ('-day', '-ended_at'),
            },
        ),
        migrations.AddConstraint(
            model_name='registrationrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None), ('approved_by_name', '')), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), models.Q(('approved_by_name', ''), _negated=True), models.Q(('proposed_by', None), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR')), models.Q(('approved_at__isnull', False), ('approved_by', None), ('proposed_by', None), models.Q(('approved_by_name', ''), _negated=True), models.Q(('approved_by_name', models.F('proposed_by_name')), _negated=True)), _connector='OR'), name='registration_rule_two_people'),
        ),
        migrations.AddConstraint(
            model_name='registrationrule',
            constraint=models.CheckConstraint(condition=models.Q(('declined_at', None), ('approved_at', None), _connector='OR'), name='registration_rule_declined_or_approved'),
        ),
        migrations.AddIndex(
            model_name='overstaynight',
            index=models.Index(models.F('day'), models.F('ended_at'), name='overstay_night_by_day'),
        ),
        append_only("stays_overstaynight"),
        migrations.RunSQL(sql.RULE, sql.NO_RULE),
    ]
