"""What is true may be written down: a reference that stands twice, an order that was found late, a
declaration taken back after the arrival. Nobody who has not departed is moved by any of it."""

from django.db import migrations, models

# Who departed was declared then, and lands whatever is found out on the way. Whoever was not on
# board is moved back to where the declaration is asked for again.
GUARD = """
CREATE OR REPLACE FUNCTION returns_needs_declaration() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.programme = 'returns'
           AND OLD.status IN ('departed', 'arrived', 'reintegrating', 'monitored')
           AND NEW.status IN ('departed', 'arrived', 'reintegrating', 'monitored') THEN
            RETURN NEW;
        END IF;
    END IF;
    IF NOT EXISTS (SELECT FROM returns_returnfile f
                   WHERE f.case_id = NEW.id AND f."order" = 'none') THEN
        RAISE EXCEPTION 'returns_deportation_order' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM cases_casemember m WHERE m.case_id = NEW.id AND m.left_on IS NULL)
       OR EXISTS (SELECT FROM cases_casemember m
                  WHERE m.case_id = NEW.id AND m.left_on IS NULL AND NOT EXISTS (
                      SELECT FROM returns_declaration d WHERE d.case_id = m.case_id
                      AND d.person_id = m.person_id AND d.withdrawn_on IS NULL)) THEN
        RAISE EXCEPTION 'returns_declaration_missing' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
ALTER FUNCTION returns_case_went_back() SET search_path = public, pg_temp;
"""
AS_IT_WAS = """
ALTER FUNCTION returns_case_went_back() RESET search_path;
CREATE OR REPLACE FUNCTION returns_needs_declaration() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM returns_returnfile f
                   WHERE f.case_id = NEW.id AND f."order" = 'none') THEN
        RAISE EXCEPTION 'returns_deportation_order' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM cases_casemember m WHERE m.case_id = NEW.id AND m.left_on IS NULL)
       OR EXISTS (SELECT FROM cases_casemember m
                  WHERE m.case_id = NEW.id AND m.left_on IS NULL AND NOT EXISTS (
                      SELECT FROM returns_declaration d WHERE d.case_id = m.case_id
                      AND d.person_id = m.person_id AND d.withdrawn_on IS NULL)) THEN
        RAISE EXCEPTION 'returns_declaration_missing' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("returns", "0002_walls_and_declarations")]

    operations = [
        migrations.RemoveConstraint("returnfile", "return_referred_once"),
        migrations.AddIndex(
            "returnfile",
            models.Index(
                fields=["sending", "mission_reference"],
                condition=~models.Q(mission_reference=""),
                name="return_by_reference",
            ),
        ),
        migrations.RunSQL(GUARD, AS_IT_WAS),
    ]
