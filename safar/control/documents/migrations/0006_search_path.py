"""What runs as the tables' owner looks for temporary tables last: nobody puts one in between."""

from django.db import migrations

FUNCTIONS = ("documents_hang_in(text, integer, text)", "documents_drop_part(text)")
SAFE = "ALTER FUNCTION {} SET search_path = public, pg_temp"
BEFORE = "ALTER FUNCTION {} SET search_path = public"


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_hanging_in")]

    operations = [
        migrations.RunSQL(SAFE.format(function), BEFORE.format(function)) for function in FUNCTIONS
    ]
