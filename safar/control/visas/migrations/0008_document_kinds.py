from django.db import migrations, models

# Since the eighth edition of ICAO Doc 9303 a service passport carries PO, and a stateless person's
# travel document PS, which Safar had given to the service passport.
CODES = {"PS": "PO", "PT": "PS"}
EARLIER = {"PO": "PS", "PS": "PT"}


def _put(apps, codes):
    applications = apps.get_model("visas", "Application").objects
    meant = models.Case(
        *(models.When(document_kind=old, then=models.Value(new)) for old, new in codes.items())
    )
    applications.filter(document_kind__in=codes, erased_at=None).update(document_kind=meant)


def by_doc_9303(apps, schema_editor):
    _put(apps, CODES)


def as_before(apps, schema_editor):
    _put(apps, EARLIER)


class Migration(migrations.Migration):

    dependencies = [
        ('visas', '0007_fees'),
    ]

    operations = [
        migrations.AlterField(
            model_name='application',
            name='document_kind',
            field=models.CharField(blank=True, choices=[('P', 'Passport'), ('PD', 'Diplomatic passport'), ('PO', 'Service passport'), ('PR', 'Travel document of a refugee'), ('PS', 'Travel document of a stateless person')], max_length=2, verbose_name='Document'),
        ),
        migrations.RunPython(by_doc_9303, as_before),
    ]
