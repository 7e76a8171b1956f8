"""A lost blank that is found again is on record as such, and destroyed; it is never used."""

import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from safar.control.blanks import keeping_sql as sql


class Migration(migrations.Migration):

    dependencies = [
        ('blanks', '0001_blanks'),
        ('offices', '0001_offices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='blank',
            name='blank_state',
        ),
        migrations.RemoveConstraint(
            model_name='blankcount',
            name='blank_count_adds_up',
        ),
        migrations.RemoveConstraint(
            model_name='blankmovement',
            name='blank_movement_kind',
        ),
        migrations.RemoveConstraint(
            model_name='blankmovement',
            name='blank_lost_with_reason',
        ),
        migrations.AddField(
            model_name='blankcount',
            name='found',
            field=models.IntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='blank',
            name='state',
            field=models.CharField(choices=[('in_hand', 'In hand'), ('on_the_way', 'On the way'), ('issued', 'Issued'), ('spoiled', 'Spoiled'), ('lost', 'Lost or stolen'), ('found', 'Found again, to be destroyed'), ('destroyed', 'Destroyed')], default='in_hand', max_length=10),
        ),
        migrations.AlterField(
            model_name='blankmovement',
            name='kind',
            field=models.CharField(choices=[('received', 'Received from the printer'), ('sent', 'Sent to an office'), ('acknowledged', 'Acknowledged by the office'), ('issued', 'Issued'), ('spoiled', 'Spoiled'), ('lost', 'Lost or stolen'), ('found', 'Found again'), ('destroyed', 'Destroyed by two people')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='blank',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['in_hand', 'on_the_way', 'issued', 'spoiled', 'lost', 'found', 'destroyed'])), name='blank_state'),
        ),
        migrations.AddConstraint(
            model_name='blankcount',
            constraint=models.CheckConstraint(condition=models.Q(('difference', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('received'), '-', models.F('issued')), '-', models.F('spoiled')), '-', models.F('lost')), '-', models.F('found')), '-', models.F('destroyed')), '-', models.F('in_hand')))), name='blank_count_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='blankmovement',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'sent', 'acknowledged', 'issued', 'spoiled', 'lost', 'found', 'destroyed'])), name='blank_movement_kind'),
        ),
        migrations.AddConstraint(
            model_name='blankmovement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('spoiled', 'lost', 'found', 'destroyed')), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='blank_lost_with_reason'),
        ),
        migrations.RunSQL(sql.LOST, sql.NOT_LOST),
    ]
