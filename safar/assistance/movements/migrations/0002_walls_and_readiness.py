"""The walls of movements, and what no page can get round: nobody leaves who is not ready."""

from django.db import migrations

from safar.assistance.cases import forgetting_sql, walls
from safar.core.record import append_only

# A test compares the states and the words with those of `choices.py`.
GUARD = """
CREATE FUNCTION movements_must_be_ready() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE leaves date;
BEGIN
    SELECT min(l.departs_at)::date INTO leaves FROM movements_leg l
        JOIN movements_movementjourney j ON j.id = l.journey_id
        WHERE j.case_id = NEW.id AND j.status IN ('ticketed', 'departed');
    IF leaves IS NULL OR NOT EXISTS (SELECT FROM movements_passenger p
            WHERE p.case_id = NEW.id AND p.boarded = 'boarded') THEN
        RAISE EXCEPTION 'movements_nobody_on_board' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM movements_passenger p JOIN movements_step s ON s.member_id = p.member_id
            WHERE p.case_id = NEW.id AND p.boarded = 'boarded' AND s.case_id = NEW.id
            AND (s.status NOT IN ('done', 'not_needed')
                 OR s.status = 'done' AND s.expires_on < leaves)) THEN
        RAISE EXCEPTION 'movements_step_missing' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM movements_passenger p WHERE p.case_id = NEW.id AND p.boarded = 'boarded'
            AND NOT EXISTS (SELECT FROM movements_travelhealth h WHERE h.member_id = p.member_id
                AND h.fitness IN ('fit', 'fit_with_needs') AND h.holds_until >= leaves)) THEN
        RAISE EXCEPTION 'movements_not_fit' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER movements_ready BEFORE UPDATE OF status ON cases_case
    FOR EACH ROW WHEN (NEW.programme = 'movements' AND NEW.status = 'departed'
        AND OLD.status <> 'departed')
    EXECUTE FUNCTION movements_must_be_ready();
"""
UNGUARD = """
DROP TRIGGER movements_ready ON cases_case;
DROP FUNCTION movements_must_be_ready();
"""
OF_BOTH = " AND ".join(
    walls.OF_CASE.format(table="movements_traveltogether", column=column)
    for column in ("one_id", "other_id")
)
HAPPENED = (
    "movements_examination",
    "movements_journeyevent",
    "movements_bookingnotice",
    "movements_noticereceipt",
    "movements_loanrepayment",
)


class Migration(migrations.Migration):
    dependencies = [("movements", "0001_tables"), ("cases", "0005_erasing")]

    operations = [
        walls.of_case("movements_movementfile"),
        walls.of_case("movements_departure"),
        walls.of_case("movements_step"),
        walls.of_case("movements_interview"),
        walls.of_case("movements_travelhealth"),
        walls.of_case("movements_attendance"),
        walls.of_case("movements_movementjourney"),
        walls.of_case("movements_leg"),
        walls.of_case("movements_passenger"),
        walls.of_case("movements_escort"),
        walls.of_case("movements_journeyevent"),
        walls.of_case("movements_bookingnotice"),
        walls.of_case("movements_noticereceipt"),
        walls.of_case("movements_travelloan"),
        walls.of_case("movements_loanrepayment"),
        walls.of_part("movements_examination"),
        walls.wall("movements_traveltogether", OF_BOTH),
        append_only(*HAPPENED),
        forgetting_sql.kept_until_erased(*HAPPENED),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
