"""Who leaves is on board of the flight that leaves, has every step of the scheme, and is ready.

Against 0002: who was checked off for a booking that was cancelled counts no more; a step that
somebody was never given is missing; the day is counted by our clock; and no case comes to be
`arrived` without it either.
"""

from django.conf import settings
from django.db import migrations

READY = """
CREATE OR REPLACE FUNCTION movements_must_be_ready() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE leaves date; aboard uuid[];
BEGIN
    SELECT (min(l.departs_at) AT TIME ZONE '{zone}')::date INTO leaves FROM movements_leg l
        JOIN movements_movementjourney j ON j.id = l.journey_id
        WHERE j.case_id = NEW.id AND j.status IN ('ticketed', 'departed');
    SELECT array_agg(p.member_id) INTO aboard FROM movements_passenger p
        JOIN movements_movementjourney j ON j.id = p.journey_id
        WHERE j.case_id = NEW.id AND j.status IN ('ticketed', 'departed')
        AND p.boarded = 'boarded';
    IF leaves IS NULL OR aboard IS NULL THEN
        RAISE EXCEPTION 'movements_nobody_on_board' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM movements_step s
            WHERE s.case_id = NEW.id AND s.member_id = ANY (aboard)
            AND (s.status NOT IN ('done', 'not_needed')
                 OR s.status = 'done' AND s.expires_on < leaves))
        OR EXISTS (SELECT FROM movements_movementfile f
            JOIN movements_schemestep asked ON asked.scheme_id = f.scheme_id
            CROSS JOIN unnest(aboard) AS one (member_id)
            WHERE f.case_id = NEW.id AND NOT EXISTS (SELECT FROM movements_step s
                WHERE s.case_id = NEW.id AND s.member_id = one.member_id
                AND s.kind = asked.kind))
    THEN
        RAISE EXCEPTION 'movements_step_missing' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM unnest(aboard) AS one (member_id)
            WHERE NOT EXISTS (SELECT FROM movements_travelhealth h
                WHERE h.member_id = one.member_id
                AND h.fitness IN ('fit', 'fit_with_needs') AND h.holds_until >= leaves)) THEN
        RAISE EXCEPTION 'movements_not_fit' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER movements_ready ON cases_case;
CREATE TRIGGER movements_ready BEFORE UPDATE OF status ON cases_case
    FOR EACH ROW WHEN (NEW.programme = 'movements' AND NEW.status IN ('departed', 'arrived')
        AND OLD.status NOT IN ('departed', 'arrived'))
    EXECUTE FUNCTION movements_must_be_ready();
"""


# Backwards the function stays as it is: it asks for more than the one before, never for less.
AS_BEFORE = """
DROP TRIGGER movements_ready ON cases_case;
CREATE TRIGGER movements_ready BEFORE UPDATE OF status ON cases_case
    FOR EACH ROW WHEN (NEW.programme = 'movements' AND NEW.status = 'departed'
        AND OLD.status <> 'departed')
    EXECUTE FUNCTION movements_must_be_ready();
"""


class Migration(migrations.Migration):
    dependencies = [("movements", "0005_what_is_repaid")]

    operations = [migrations.RunSQL(READY.format(zone=settings.TIME_ZONE), AS_BEFORE)]
