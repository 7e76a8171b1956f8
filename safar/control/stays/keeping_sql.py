"""What the database itself keeps of registrations until their time is over (`queries.over_time`),
of the rule by which late is counted, of applications, and of overstays that were closed.
"""

from typing import Final

# A day's grace: the database's calendar is UTC.
REGISTRATIONS: Final = """
CREATE FUNCTION stays_kept_until_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.until < current_date - interval '3 years' + interval '1 day' AND (
            OLD.until < current_date - interval '5 years' + interval '1 day'
            OR EXISTS (SELECT FROM border_crossing WHERE traveller_id = OLD.traveller_id
                AND crossed_at > OLD.entered_at
                AND crossed_at < now() - interval '3 years' + interval '1 day')) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The table % is append-only: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER stays_registration_append_only ON stays_registration;
CREATE TRIGGER stays_registration_until_over BEFORE UPDATE OR DELETE ON stays_registration
    FOR EACH ROW EXECUTE FUNCTION stays_kept_until_over();
"""
REGISTRATIONS_FOR_GOOD: Final = """
DROP TRIGGER stays_registration_until_over ON stays_registration;
CREATE TRIGGER stays_registration_append_only BEFORE UPDATE OR DELETE ON stays_registration
    FOR EACH ROW EXECUTE FUNCTION safar_append_only();
DROP FUNCTION stays_kept_until_over();
"""
# What a rule says never changes; it is decided once, and is never struck out.
RULE: Final = """
CREATE FUNCTION stays_rule_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.approved_at IS NULL AND OLD.declined_at IS NULL AND
            to_jsonb(NEW) - 'approved_at' - 'approved_by_id' - 'approved_by_name' - 'declined_at'
            = to_jsonb(OLD) - 'approved_at' - 'approved_by_id' - 'approved_by_name' - 'declined_at'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A rule of registration is decided once and never changed'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER stays_rule_keeps BEFORE UPDATE OR DELETE ON stays_registrationrule
    FOR EACH ROW EXECUTE FUNCTION stays_rule_keeps();
"""
NO_RULE: Final = """
DROP TRIGGER stays_rule_keeps ON stays_registrationrule;
DROP FUNCTION stays_rule_keeps();
"""
MAY_BE_DECIDED: Final = """
DROP TRIGGER stays_registrationrule_append_only ON stays_registrationrule;
"""
FOR_GOOD: Final = """
CREATE TRIGGER stays_registrationrule_append_only BEFORE UPDATE OR DELETE ON stays_registrationrule
    FOR EACH ROW EXECUTE FUNCTION safar_append_only();
"""
# Rules that one person set wait for a second one from now on.
NAMES: Final = """
UPDATE stays_registrationrule r SET proposed_by_name = coalesce(nullif(u.full_name, ''), u.username)
    FROM accounts_user u WHERE u.id = r.proposed_by_id;
"""
# What was asked for never changes, and so not whether it was in time. A day that is over is granted
# where it was asked for in time alone; the calendar of the check is UTC, behind that of the posts.
APPLICATION: Final = """
CREATE FUNCTION stays_application_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE decided CONSTANT text[] := ARRAY['status', 'version', 'ended_at', 'decided_at',
    'decided_by_id', 'decided_by_name', 'decision_reason', 'granted_until'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF abs(NEW.asked_on - (NEW.prepared_at AT TIME ZONE 'UTC')::date) > 1 THEN
            RAISE EXCEPTION 'An application was asked for on the day on which it was prepared'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF to_jsonb(NEW) - decided <> to_jsonb(OLD) - decided OR OLD.status <> 'asked' THEN
        RAISE EXCEPTION 'What was asked for never changes, and is decided once'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.status = 'granted' AND NEW.asked_on > NEW.permitted_before
            AND NEW.granted_until < (NEW.decided_at AT TIME ZONE 'UTC')::date THEN
        RAISE EXCEPTION 'A day that is over is granted where it was asked for in time'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays_application_keeps BEFORE INSERT OR UPDATE ON stays_extensionapplication
    FOR EACH ROW EXECUTE FUNCTION stays_application_keeps();
"""
NO_APPLICATION: Final = """
DROP TRIGGER stays_application_keeps ON stays_extensionapplication;
DROP FUNCTION stays_application_keeps();
"""
# Of what was asked before this was kept: when it ended, as far as a decision tells it.
ASKED: Final = """
UPDATE stays_extensionapplication SET asked_on = (prepared_at AT TIME ZONE %s)::date,
    ended_at = CASE WHEN status <> 'asked' THEN coalesce(decided_at, prepared_at) END
"""
# What was closed stays as it was told then: where it holds again, another row follows it.
CLOSED: Final = """
CREATE FUNCTION stays_overstay_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An overstay that was closed is never changed: another row follows it'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER stays_overstay_closed BEFORE UPDATE ON stays_overstay
    FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION stays_overstay_closed();
"""
NOT_CLOSED: Final = """
DROP TRIGGER stays_overstay_closed ON stays_overstay;
DROP FUNCTION stays_overstay_closed();
"""
# Late was written under Safar's own number where no rule was agreed on: by no law, so it goes.
LATE_BY_NO_RULE: Final = """
ALTER TABLE stays_registration DISABLE TRIGGER stays_registration_until_over;
UPDATE stays_registration SET days_late = NULL, due_on = NULL WHERE rule_id IS NULL;
ALTER TABLE stays_registration ENABLE TRIGGER stays_registration_until_over;
"""

# That a registration was a mistake stands as long as the registration does.
MISTAKE: Final = """
CREATE FUNCTION stays_mistake_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
            SELECT FROM stays_registration r WHERE r.id = OLD.registration_id
            AND r.until < current_date - interval '3 years' + interval '1 day' AND (
                r.until < current_date - interval '5 years' + interval '1 day'
                OR EXISTS (SELECT FROM border_crossing WHERE traveller_id = r.traveller_id
                    AND crossed_at > r.entered_at
                    AND crossed_at < now() - interval '3 years' + interval '1 day'))) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The table % is append-only: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER stays_mistake_kept BEFORE UPDATE OR DELETE ON stays_registrationmistake
    FOR EACH ROW EXECUTE FUNCTION stays_mistake_kept();
"""
NO_MISTAKE: Final = """
DROP TRIGGER stays_mistake_kept ON stays_registrationmistake;
DROP FUNCTION stays_mistake_kept();
"""
