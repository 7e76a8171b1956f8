"""A registration that was written by mistake is struck out by another person, and stays readable."""

import django.db.models.deletion
import safar.core.node
from django.conf import settings
from django.db import migrations, models

from safar.control.stays import keeping_sql as sql


class Migration(migrations.Migration):

    dependencies = [
        ('stays', '0005_late_by_a_rule'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RegistrationMistake',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=200, verbose_name='What is wrong')),
                ('struck_at', models.DateTimeField()),
                ('struck_by_name', models.CharField(max_length=120)),
                ('registration', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mistake', to='stays.registration')),
                ('struck_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='registration_mistake_reason')],
            },
        ),
        migrations.RunSQL(sql.MISTAKE, sql.NO_MISTAKE),
    ]
