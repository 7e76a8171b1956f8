"""Hanging a staged list in or throwing it away, by whoever serves pages: she owns no table.

The two functions do it as the tables' owner, and do nothing else: their argument must be the
name of a version of a list.
"""

from django.db import migrations

FUNCTIONS = r"""
CREATE FUNCTION documents_is_part(part text) RETURNS boolean LANGUAGE sql IMMUTABLE
    AS $$ SELECT part ~ '^documents_listed_[0-9]+_[0-9a-f]{32}$' $$;

CREATE FUNCTION documents_hang_in(part text, source integer, old text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT documents_is_part(part) OR NOT documents_is_part(coalesce(old, part)) THEN
        RAISE EXCEPTION 'not a version of a list: %', part;
    END IF;
    IF old IS NOT NULL THEN
        EXECUTE format('DROP TABLE %I', old);
    END IF;
    EXECUTE format('ALTER TABLE documents_listed ATTACH PARTITION %I FOR VALUES IN (%s)',
                   part, source);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', part, part || '_source');
END $$;

CREATE FUNCTION documents_drop_part(part text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NOT documents_is_part(part) THEN
        RAISE EXCEPTION 'not a version of a list: %', part;
    END IF;
    EXECUTE format('DROP TABLE IF EXISTS %I', part);
END $$;
"""
REMOVE = """
DROP FUNCTION documents_drop_part(text);
DROP FUNCTION documents_hang_in(text, integer, text);
DROP FUNCTION documents_is_part(text);
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_imports_of_lists")]

    operations = [migrations.RunSQL(FUNCTIONS, REMOVE)]
