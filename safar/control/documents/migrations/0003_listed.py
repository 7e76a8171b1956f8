"""Whole lists of lost and stolen documents: a table cut into one part for each owner."""

import django.db.models.deletion
import safar.core.node
from django.db import migrations, models

# The narrow columns come in an order that wastes nothing on alignment; "C" compares bytes.
TABLE = """
CREATE TABLE documents_listed (
    reported_on date,
    source smallint NOT NULL,
    kind varchar(1) COLLATE "C" NOT NULL CHECK (kind IN ('l', 's', 'v', 'b')),
    issuer varchar(3) COLLATE "C" NOT NULL,
    number varchar(30) COLLATE "C" NOT NULL
) PARTITION BY LIST (source);
CREATE INDEX documents_listed_by_number ON documents_listed (number, issuer);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_longer_numbers'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListedSource',
            fields=[
                ('id', models.UUIDField(default=safar.core.node.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='Code')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('number', models.PositiveSmallIntegerField(unique=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('rows', models.PositiveBigIntegerField(default=0, verbose_name='Documents')),
                ('left_out', models.PositiveIntegerField(default=0, verbose_name='Left out')),
                ('file_name', models.CharField(blank=True, max_length=120, verbose_name='File')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('loaded_at', models.DateTimeField(null=True)),
                ('loaded_by_name', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'ordering': ('code',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('loaded_at', None), ('version', 0)), models.Q(('loaded_at__isnull', False), ('version__gt', 0), models.Q(('loaded_by_name', ''), _negated=True)), _connector='OR'), name='listed_source_loaded')],
            },
        ),
        migrations.CreateModel(
            name='ListedDocument',
            fields=[
                ('number', models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name='Number')),
                ('issuer', models.CharField(max_length=3, verbose_name='Issued by')),
                ('kind', models.CharField(choices=[('l', 'Lost'), ('s', 'Stolen'), ('v', 'Void: withdrawn by its issuer'), ('b', 'Stolen blank')], max_length=1, verbose_name='Report')),
                ('reported_on', models.DateField(null=True, verbose_name='Reported')),
                ('source', models.PositiveSmallIntegerField()),
            ],
            options={
                'db_table': 'documents_listed',
                'managed': False,
            },
        ),
        migrations.RunSQL(TABLE, "DROP TABLE documents_listed"),
    ]
