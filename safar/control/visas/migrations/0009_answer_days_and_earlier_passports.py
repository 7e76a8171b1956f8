from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offices', '0001_offices'),
        ('visas', '0008_document_kinds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='application',
            name='application_erased_whole',
        ),
        migrations.AddField(
            model_name='application',
            name='other_numbers',
            field=models.CharField(blank=True, max_length=100, verbose_name='Earlier passports'),
        ),
        migrations.AddField(
            model_name='visakind',
            name='answer_days',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('address', ''), ('code_hash', ''), ('decision_reason', ''), ('document_expires_on', None), ('document_issued_on', None), ('document_number', ''), ('email', ''), ('given_names', ''), ('inviter', ''), ('name_written', ''), ('other_numbers', ''), ('phone', ''), ('purpose', ''), ('surname', ''), ('birth__regex', '^(\\d{4})?$')), _connector='OR'), name='application_erased_whole'),
        ),
    ]
