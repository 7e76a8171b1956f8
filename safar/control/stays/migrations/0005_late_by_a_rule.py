"""Nobody is late where no rule of registration was agreed on."""

from django.db import migrations, models

from safar.control.stays import keeping_sql as sql


class Migration(migrations.Migration):

    dependencies = [
        ('stays', '0004_asked_in_time'),
    ]

    operations = [
        migrations.AlterField(
            model_name='registration',
            name='days_late',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='Days late'),
        ),
        migrations.AlterField(
            model_name='registration',
            name='due_on',
            field=models.DateField(null=True),
        ),
        migrations.RunSQL(sql.LATE_BY_NO_RULE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('days_late', None), ('due_on', None), ('rule', None)), models.Q(('days_late__isnull', False), ('due_on__isnull', False), ('rule__isnull', False)), _connector='OR'), name='registration_late_by_a_rule'),
        ),
    ]
