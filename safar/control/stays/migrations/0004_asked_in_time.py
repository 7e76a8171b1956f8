"""An application made in time suspends the overstay; one that holds again comes on the list anew."""

from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from safar.control.stays import keeping_sql as sql


class Migration(migrations.Migration):

    dependencies = [
        ('stays', '0003_rule_keeps_and_nights'),
    ]

    operations = [
        migrations.AddField(
            model_name='extensionapplication',
            name='asked_on',
            field=models.DateField(default=timezone.localdate, verbose_name='Asked on'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='extensionapplication',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL([(sql.ASKED, [settings.TIME_ZONE])], migrations.RunSQL.noop),
        migrations.RunSQL(sql.APPLICATION, sql.NO_APPLICATION),
        migrations.RemoveConstraint(
            model_name='overstay',
            name='overstay_once',
        ),
        migrations.RemoveConstraint(
            model_name='overstay',
            name='overstay_closed_because',
        ),
        migrations.AlterField(
            model_name='overstay',
            name='closed_because',
            field=models.CharField(blank=True, choices=[('exit', 'Left'), ('entered_again', 'Entered again: the exit between was not seen'), ('extended', 'The stay was extended'), ('corrected', 'The entry was corrected'), ('annulled', 'The entry was annulled'), ('rebutted', 'What the traveller said was accepted'), ('waits', 'An application to stay longer waits'), ('record', 'The record does not tell')], max_length=13),
        ),
        migrations.AddIndex(
            model_name='extensionapplication',
            index=models.Index(models.F('ended_at'), name='stay_extension_ended'),
        ),
        migrations.AddConstraint(
            model_name='extensionapplication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('status', 'asked')), models.Q(models.Q(('status', 'asked'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='stay_extension_ended_at'),
        ),
        migrations.AddConstraint(
            model_name='overstay',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_because', ''), ('days_over', None), ('left_on', None)), models.Q(('closed_at__isnull', False), ('closed_because__in', ['exit', 'entered_again', 'extended', 'corrected', 'annulled', 'rebutted', 'waits', 'record'])), _connector='OR'), name='overstay_closed_because'),
        ),
        migrations.RunSQL(sql.CLOSED, sql.NOT_CLOSED),
    ]
