"""What the database itself keeps of registrations until their time is over (`queries.over_time`),
and of the rule by which late is counted.
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
