from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('border', '0003_move_out_of_the_default'),
    ]

    operations = [
        migrations.AddField(
            model_name='inspection',
            name='visa',
            field=models.JSONField(null=True),
        ),
    ]
