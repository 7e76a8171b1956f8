"""How many places of a session are taken, by whomever; and that it never is more than there are.

A session is shared by offices that do not see each other's cases: so the count is the owner's,
and tells a number alone.
"""

from django.db import migrations

PLACES = """
CREATE FUNCTION movements_places_taken(one uuid) RETURNS integer LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT count(*)::integer FROM movements_attendance WHERE session_id = one $$;
REVOKE EXECUTE ON FUNCTION movements_places_taken(uuid) FROM PUBLIC;
CREATE FUNCTION movements_place_guard() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE whole movements_orientationsession%ROWTYPE; taken integer;
BEGIN
    SELECT * INTO whole FROM movements_orientationsession
        WHERE id = NEW.session_id FOR NO KEY UPDATE;
    IF whole.called_off_at IS NOT NULL THEN PERFORM cases_refuse('session_called_off'); END IF;
    SELECT count(*) INTO taken FROM movements_attendance WHERE session_id = NEW.session_id;
    IF taken >= whole.places THEN PERFORM cases_refuse('session_is_full'); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER movements_place_guard BEFORE INSERT ON movements_attendance
    FOR EACH ROW EXECUTE FUNCTION movements_place_guard();
CREATE TRIGGER movements_place_moved BEFORE UPDATE ON movements_attendance
    FOR EACH ROW WHEN (NEW.session_id <> OLD.session_id) EXECUTE FUNCTION movements_place_guard();
CREATE FUNCTION movements_session_guard() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE taken integer;
BEGIN
    SELECT count(*) INTO taken FROM movements_attendance WHERE session_id = NEW.id;
    IF taken > NEW.places THEN PERFORM cases_refuse('session_not_below_taken'); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER movements_session_guard BEFORE UPDATE OF places ON movements_orientationsession
    FOR EACH ROW WHEN (NEW.places < OLD.places) EXECUTE FUNCTION movements_session_guard();
"""
NO_PLACES = """
DROP TRIGGER movements_session_guard ON movements_orientationsession;
DROP FUNCTION movements_session_guard();
DROP TRIGGER movements_place_moved ON movements_attendance;
DROP TRIGGER movements_place_guard ON movements_attendance;
DROP FUNCTION movements_place_guard();
DROP FUNCTION movements_places_taken(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("movements", "0003_references_tell_nothing"), ("cases", "0004_money")]

    operations = [migrations.RunSQL(PLACES, NO_PLACES)]
