from django.db import migrations

from safar.control.applications.models import fee_guard


class Migration(migrations.Migration):

    dependencies = [
        ('passports', '0003_keeping'),
    ]

    operations = [fee_guard("passports")]
