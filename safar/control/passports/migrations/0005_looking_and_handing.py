import django.db.models.deletion
import safar.core.node
from django.conf import settings
from django.db import migrations, models

from safar.control.passports import keeping_sql
from safar.core.record import append_only

# Who typed an application judges no likeness of its applicant: whoever writes the row.
LISTED = """
CREATE FUNCTION passports_listed_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.judged_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM passports_application
            WHERE id = NEW.application_id AND entered_by_id = NEW.judged_by_id) THEN
        RAISE EXCEPTION 'who typed an application does not judge it' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'passport_list_match_judged_by_another';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER passport_listed_by_another
    BEFORE INSERT OR UPDATE ON passports_listmatch
    FOR EACH ROW EXECUTE FUNCTION passports_listed_by_another();
"""
NO_LISTED = """
DROP TRIGGER passport_listed_by_another ON passports_listmatch;
DROP FUNCTION passports_listed_by_another();
"""
# A second one is asked for, with its proof, or it is not there: it is what lets two of a kind be
# issued to one holder. Rows of before are let alone.
SECOND = """
ALTER TABLE passports_application ADD CONSTRAINT passport_application_second_asked
    CHECK (second_reason = '' OR reason = 'second' OR status IN ('draft', 'more_asked')) NOT VALID
"""
NO_SECOND = "ALTER TABLE passports_application DROP CONSTRAINT passport_application_second_asked"
# As `queries.identity` says it of a new one: any paper of the holder's, or the document shown.
PROTECTED = """
UPDATE passports_identitymatch AS found SET protected = true
FROM passports_application AS other
LEFT JOIN passports_application AS more ON more.holder_id = other.holder_id
WHERE found.other_id = other.id
    AND (other.kind IN ('refugee', 'stateless') OR more.kind IN ('refugee', 'stateless'));
UPDATE passports_identitymatch AS found SET protected = true
FROM travellers_traveldocument AS shown
WHERE found.document_id = shown.id
    AND (shown.nationality IN ('XXA', 'XXB', 'XXC') OR shown.kind IN ('PR', 'PS'));
"""


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('passports', '0004_fees'),
        ('travellers', '0003_document_by_birth'),
    ]

    operations = [
        migrations.AddField(
            model_name='identitymatch',
            name='protected',
            field=models.BooleanField(default=False),
        ),
        migrations.RunSQL(PROTECTED, migrations.RunSQL.noop),
        migrations.CreateModel(
            name='SignedReceipt',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('file_type', models.CharField(choices=[('application/pdf', 'PDF'), ('image/jpeg', 'JPEG'), ('image/png', 'PNG')], max_length=20)),
                ('size', models.PositiveIntegerField()),
                ('pages', models.PositiveSmallIntegerField(null=True)),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('added_at', models.DateTimeField(verbose_name='Added')),
                ('added_by_name', models.CharField(max_length=120)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('passport', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signed_receipts', to='passports.passport')),
            ],
            options={
                'ordering': ('-added_at', '-pk'),
                'constraints': [models.UniqueConstraint(models.F('passport'), models.F('sha256'), name='signed_receipt_once'), models.CheckConstraint(condition=models.Q(('file_type__in', ['application/pdf', 'image/jpeg', 'image/png'])), name='signed_receipt_file_type')],
            },
        ),
        append_only("passports_signedreceipt"),
        migrations.RunSQL(
            keeping_sql.KEEP.format(table="passports_signedreceipt"),
            keeping_sql.KEEP_FOR_GOOD.format(table="passports_signedreceipt"),
        ),
        migrations.RunSQL(LISTED, NO_LISTED),
        migrations.RunSQL(SECOND, NO_SECOND),
    ]
