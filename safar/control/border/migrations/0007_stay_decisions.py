"""Extensions of a stay, and what excuses an overstay, as the booth counts them."""

import django.db.models.deletion
import safar.core.node
from django.conf import settings
from django.db import migrations, models

from safar.core.record import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('border', '0006_chip_checks'),
        ('reference', '0001_code_lists'),
        ('travellers', '0002_longer_numbers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StayExcuse',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('permitted_before', models.DateField(verbose_name='Permitted before')),
                ('decided_at', models.DateTimeField()),
                ('until', models.DateField(null=True)),
                ('ground', models.CharField(choices=[('other_document', 'Left under another document'), ('other_post', 'Left at a post where it was not recorded'), ('hospital', 'Was in hospital'), ('force_majeure', 'Could not leave: force majeure'), ('wrong_date', 'The day on record is wrong')], max_length=14, verbose_name='Ground')),
                ('crossing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='border.crossing')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.crossingpoint')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('traveller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='travellers.traveller')),
            ],
            options={
                'ordering': ('decided_at',),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('permitted_before')), _connector='OR'), name='excuse_after_the_stay'), models.CheckConstraint(condition=models.Q(('prepared_by', models.F('decided_by')), _negated=True), name='excuse_two_people'), models.CheckConstraint(condition=models.Q(('ground__in', ['other_document', 'other_post', 'hospital', 'force_majeure', 'wrong_date'])), name='excuse_ground')],
            },
        ),
        migrations.CreateModel(
            name='StayExtension',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('permitted_before', models.DateField(verbose_name='Permitted before')),
                ('decided_at', models.DateTimeField()),
                ('until', models.DateField(verbose_name='May stay until')),
                ('ground', models.CharField(choices=[('illness', 'Illness'), ('study', 'Study'), ('work', 'Work'), ('family', 'Family'), ('humanitarian', 'Humanitarian reasons'), ('transport', 'Transport cancelled')], max_length=12, verbose_name='Ground')),
                ('crossing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='border.crossing')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.crossingpoint')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('traveller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='travellers.traveller')),
            ],
            options={
                'ordering': ('decided_at',),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('permitted_before'))), name='extension_is_longer'), models.CheckConstraint(condition=models.Q(('prepared_by', models.F('decided_by')), _negated=True), name='extension_two_people'), models.CheckConstraint(condition=models.Q(('ground__in', ['illness', 'study', 'work', 'family', 'humanitarian', 'transport'])), name='extension_ground')],
            },
        ),
        append_only("border_stayextension", "border_stayexcuse"),
    ]
