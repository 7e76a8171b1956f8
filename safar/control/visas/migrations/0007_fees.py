from django.db import migrations, models

from safar.control.applications.models import fee_guard


class Migration(migrations.Migration):

    dependencies = [
        ('visas', '0006_letters_mails_uses'),
    ]

    operations = [
        migrations.AlterField(
            model_name='fee',
            name='kind',
            field=models.CharField(choices=[('paid', 'Paid'), ('waived', 'Waived'), ('returned', 'Given back')], max_length=8, verbose_name='What'),
        ),
        fee_guard("visas"),
    ]
