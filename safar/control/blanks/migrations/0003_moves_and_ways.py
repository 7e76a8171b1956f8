"""No way round a seal, by the database; what is too long on the way stands in the count."""

import django.contrib.postgres.fields
import django.db.models.deletion
import safar.core.node
from django.conf import settings
from django.db import migrations, models

from safar.control.blanks import keeping_sql as sql
from safar.core.record import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('blanks', '0002_found_again'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='blankcount',
            name='late',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None),
        ),
        migrations.AddField(
            model_name='blankcount',
            name='on_the_way',
            field=models.IntegerField(default=0),
        ),
        migrations.CreateModel(
            name='BoxRelease',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('seal', models.CharField(max_length=20)),
                ('reason', models.CharField(max_length=200, verbose_name='Reason')),
                ('released_at', models.DateTimeField()),
                ('released_by_name', models.CharField(max_length=120)),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='blanks.box')),
                ('released_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-released_at',),
                'constraints': [models.UniqueConstraint(fields=('box', 'seal'), name='release_once_of_a_seal'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='release_reason')],
            },
        ),
        append_only("blanks_boxrelease"),
        migrations.RunSQL(sql.MOVES, sql.NO_MOVES),
    ]
