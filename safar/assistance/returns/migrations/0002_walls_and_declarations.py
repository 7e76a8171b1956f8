"""The walls of returns, and what no page can get round: no return without its declaration."""

from django.db import migrations

from safar.assistance.cases import forgetting_sql, walls
from safar.core.record import append_only

# The states of `workflow.BEYOND_DECLARATION`; a test compares the two.
GUARD = """
CREATE FUNCTION returns_needs_declaration() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER returns_declared BEFORE INSERT OR UPDATE OF status ON cases_case
    FOR EACH ROW WHEN (NEW.programme = 'returns' AND NEW.status IN
        ('declared', 'travel_arranged', 'departed', 'arrived', 'reintegrating', 'monitored'))
    EXECUTE FUNCTION returns_needs_declaration();

-- A declaration is taken back only once the case has gone back: nobody flies on a withdrawn one.
CREATE FUNCTION returns_case_went_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM cases_case c WHERE c.id = OLD.case_id
               AND c.status IN ('declared', 'travel_arranged', 'departed')) THEN
        RAISE EXCEPTION 'returns_case_still_moves' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER returns_taken_back BEFORE UPDATE OF withdrawn_on OR DELETE ON returns_declaration
    FOR EACH ROW EXECUTE FUNCTION returns_case_went_back();
"""
UNGUARD = """
DROP TRIGGER returns_taken_back ON returns_declaration;
DROP TRIGGER returns_declared ON cases_case;
DROP FUNCTION returns_case_went_back();
DROP FUNCTION returns_needs_declaration();
"""


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_tables"), ("cases", "0005_erasing")]

    operations = [
        walls.of_case("returns_returnfile"),
        walls.of_case("returns_declaration"),
        walls.of_case("returns_vulnerabilityscreening"),
        walls.of_case("returns_journey"),
        walls.of_case("returns_reception"),
        walls.of_case("returns_feasibilityoption"),
        walls.of_case("returns_missionreport"),
        append_only("returns_missionreport"),
        append_only("returns_vulnerabilityscreening", "returns_reception"),
        forgetting_sql.kept_until_erased(
            "returns_missionreport", "returns_vulnerabilityscreening", "returns_reception"
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
