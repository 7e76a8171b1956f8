"""Papers and names are called in words that fit the applicant's page and the officer's."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('visas', '0009_answer_days_and_earlier_passports'),
    ]

    operations = [
        migrations.AlterField(
            model_name='application',
            name='name_written',
            field=models.CharField(blank=True, max_length=120, verbose_name='Name in own letters'),
        ),
        migrations.AlterField(
            model_name='paper',
            name='kind',
            field=models.CharField(choices=[('photo', 'Photo of the face'), ('passport', 'Passport, the page with the photo'), ('invitation', 'Invitation'), ('ticket', 'Ticket or booking'), ('lodging', 'Booking or proof of lodging'), ('funds', 'Proof of means'), ('contract', 'Work contract'), ('study', 'Letter of the school or university'), ('family', 'Certificate of kinship'), ('next_visa', 'Visa of the next country'), ('record', 'Certificate of no criminal record'), ('health', 'Health insurance or certificate'), ('other', 'Another paper')], max_length=12, verbose_name='Paper'),
        ),
        migrations.AlterField(
            model_name='visakind',
            name='papers',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('photo', 'Photo of the face'), ('passport', 'Passport, the page with the photo'), ('invitation', 'Invitation'), ('ticket', 'Ticket or booking'), ('lodging', 'Booking or proof of lodging'), ('funds', 'Proof of means'), ('contract', 'Work contract'), ('study', 'Letter of the school or university'), ('family', 'Certificate of kinship'), ('next_visa', 'Visa of the next country'), ('record', 'Certificate of no criminal record'), ('health', 'Health insurance or certificate'), ('other', 'Another paper')], max_length=12), default=list, size=None),
        ),
    ]
