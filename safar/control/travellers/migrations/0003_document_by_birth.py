from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('travellers', '0002_longer_numbers'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='traveldocument',
            index=models.Index(fields=['birth'], name='document_by_birth'),
        ),
    ]
