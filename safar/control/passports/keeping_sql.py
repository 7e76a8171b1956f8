"""What the database itself keeps of applications and documents until their time is over.

The tables that were append-only stay so, but for rows of an application that is past its time
(`queries.over_time`); and neither it nor a document is deleted before.
"""

from typing import Final

KEPT: Final = (
    "passports_applicationmove", "passports_fee", "passports_identitycheck",
    "passports_listscreening", "passports_chipcontent", "passports_delivery",
    "passports_qualitycheck",
)  # fmt: skip

# A day's grace: the database's calendar is UTC. Of one that was withdrawn, its own moves are
# deleted last; once they are, the day on which it was last touched stands for them.
FUNCTIONS: Final = """
CREATE FUNCTION passports_over(key uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    held passports_application%ROWTYPE;
    ended timestamptz;
BEGIN
    SELECT * INTO held FROM passports_application WHERE id = key;
    IF held.status = 'draft' THEN
        RETURN held.changed_at < now() - interval '30 days' + interval '1 day';
    ELSIF held.status IN ('refused', 'withdrawn') THEN
        ended := held.decided_at;
        IF held.status = 'withdrawn' THEN
            SELECT coalesce(max(at), held.changed_at) INTO ended FROM passports_applicationmove
                WHERE application_id = key AND move = 'withdraw';
        END IF;
        RETURN ended < now() - interval '5 years' + interval '1 day';
    ELSIF held.status IN ('made', 'delivered', 'cancelled') THEN
        RETURN NOT EXISTS (SELECT FROM passports_passport WHERE application_id = key
            AND expires_on > current_date - interval '15 years' + interval '1 day');
    END IF;
    RETURN false;
END $$;
CREATE FUNCTION passports_kept_until_over() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said jsonb := to_jsonb(OLD);
    paper uuid := said ->> 'passport_id';
    key uuid := said ->> 'application_id';
BEGIN
    IF said ? 'job_id' THEN
        SELECT application_id INTO key FROM passports_personalisationjob
            WHERE id = (said ->> 'job_id')::uuid;
    ELSIF key IS NULL AND paper IS NOT NULL THEN
        SELECT application_id INTO key FROM passports_passport WHERE id = paper;
    END IF;
    IF TG_OP = 'DELETE' AND coalesce(passports_over(key), false) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The table % is append-only: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION passports_goes_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'passports_application' THEN
        IF OLD.status = 'draft' OR passports_over(OLD.id) THEN
            RETURN OLD;
        END IF;
    ELSIF passports_over(OLD.application_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'This is not past its time' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER passports_goes_in_time BEFORE DELETE ON passports_application
    FOR EACH ROW EXECUTE FUNCTION passports_goes_in_time();
CREATE TRIGGER passports_goes_in_time BEFORE DELETE ON passports_passport
    FOR EACH ROW EXECUTE FUNCTION passports_goes_in_time();
"""
NO_FUNCTIONS: Final = """
DROP TRIGGER passports_goes_in_time ON passports_passport;
DROP TRIGGER passports_goes_in_time ON passports_application;
DROP FUNCTION passports_goes_in_time();
DROP FUNCTION passports_kept_until_over();
DROP FUNCTION passports_over(uuid);
"""
KEEP: Final = """
DROP TRIGGER {table}_append_only ON {table};
CREATE TRIGGER {table}_until_over BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION passports_kept_until_over();
"""
KEEP_FOR_GOOD: Final = """
DROP TRIGGER {table}_until_over ON {table};
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION safar_append_only();
"""
