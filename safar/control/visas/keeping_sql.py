"""What the database itself keeps of applications and visas until their time is over.

The tables that were append-only stay so, but for rows of an application that is marked as erased;
and none is marked before its time (`queries.over_time`).
"""

from typing import Final

KEPT: Final = ("visas_applicationmove", "visas_fee", "visas_interview", "visas_screening")

FUNCTIONS: Final = """
CREATE FUNCTION visas_kept_until_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone timestamptz;
BEGIN
    SELECT erased_at INTO gone FROM visas_application WHERE id = OLD.application_id;
    IF gone IS NOT NULL AND TG_OP = 'DELETE' AND TG_TABLE_NAME IN ('visas_interview', 'visas_screening') THEN
        RETURN OLD;
    END IF;
    IF gone IS NOT NULL AND TG_OP = 'UPDATE'
            AND to_jsonb(NEW) - 'note' - 'reason' = to_jsonb(OLD) - 'note' - 'reason'
            AND coalesce(to_jsonb(NEW) ->> 'note', '') = ''
            AND coalesce(to_jsonb(NEW) ->> 'reason', '') IN ('', '–') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The table % is append-only: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION visas_erased_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ended timestamptz := OLD.decided_at;
BEGIN
    IF OLD.erased_at IS NOT NULL THEN
        RAISE EXCEPTION 'What was erased stays as it is';
    END IF;
    IF OLD.status = 'withdrawn' THEN
        SELECT max(at) INTO ended FROM visas_applicationmove
            WHERE application_id = OLD.id AND move = 'withdraw';
    END IF;
    IF ended IS NULL OR OLD.status NOT IN ('granted', 'refused', 'issued', 'withdrawn')
            OR ended > now() - interval '5 years' + interval '1 day'
            OR OLD.granted_until >= current_date + 1 THEN
        RAISE EXCEPTION 'This application is not past its time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER visas_erased_in_time BEFORE UPDATE ON visas_application
    FOR EACH ROW WHEN (NEW.erased_at IS NOT NULL OR OLD.erased_at IS NOT NULL)
    EXECUTE FUNCTION visas_erased_in_time();
"""
NO_FUNCTIONS: Final = """
DROP TRIGGER visas_erased_in_time ON visas_application;
DROP FUNCTION visas_erased_in_time();
DROP FUNCTION visas_kept_until_erased();
"""
KEEP: Final = """
DROP TRIGGER {table}_append_only ON {table};
CREATE TRIGGER {table}_until_erased BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION visas_kept_until_erased();
"""
KEEP_FOR_GOOD: Final = """
DROP TRIGGER {table}_until_erased ON {table};
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION safar_append_only();
"""
# A use follows the giving back of the same entry of the same visa, and that of the very use.
GIVEN_BACK: Final = """
ALTER TABLE visas_usegivenback ADD CONSTRAINT visas_given_back_as_taken
    FOREIGN KEY (use_id, visa_number, nth) REFERENCES visas_visause (id, visa_number, nth);
ALTER TABLE visas_visause ADD CONSTRAINT visas_use_after_giving_back
    FOREIGN KEY (after_id, visa_number, nth) REFERENCES visas_usegivenback (id, visa_number, nth);
"""
NOT_GIVEN_BACK: Final = """
ALTER TABLE visas_visause DROP CONSTRAINT visas_use_after_giving_back;
ALTER TABLE visas_usegivenback DROP CONSTRAINT visas_given_back_as_taken;
"""

# A visa, its uses and its ending are gone ten years after its last day. A post that holds a list only
# does not know that day: a use there counts as one on the last day of the longest visa there is.
OVER: Final = """
CREATE OR REPLACE FUNCTION visas_visa_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.valid_until < current_date - interval '10 years' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'An issued visa is not deleted before its time';
    END IF;
    IF to_jsonb(NEW) - 'status' - 'version' <> to_jsonb(OLD) - 'status' - 'version' THEN
        RAISE EXCEPTION 'What an issued visa says is not changed';
    END IF;
    IF OLD.status <> 'valid' AND NEW.status <> OLD.status THEN
        RAISE EXCEPTION 'A visa that ended stays ended';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION visas_kept_until_over() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_day date;
BEGIN
    IF TG_TABLE_NAME = 'visas_visaending' THEN
        SELECT valid_until INTO last_day FROM visas_visa WHERE id = OLD.visa_id;
    ELSIF TG_TABLE_NAME = 'visas_visause' THEN
        SELECT coalesce(max(valid_until), OLD.entered_on + 3650) INTO last_day
            FROM visas_visa WHERE id = OLD.visa_id;
    ELSE
        SELECT coalesce(v.valid_until, u.entered_on + 3650) INTO last_day
            FROM visas_visause u LEFT JOIN visas_visa v ON v.id = u.visa_id WHERE u.id = OLD.use_id;
    END IF;
    IF TG_OP = 'DELETE' AND last_day < current_date - interval '10 years' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The table % is append-only: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
NEVER_OVER: Final = """
DROP FUNCTION visas_kept_until_over();
CREATE OR REPLACE FUNCTION visas_visa_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'An issued visa is not deleted';
    END IF;
    IF to_jsonb(NEW) - 'status' - 'version' <> to_jsonb(OLD) - 'status' - 'version' THEN
        RAISE EXCEPTION 'What an issued visa says is not changed';
    END IF;
    IF OLD.status <> 'valid' AND NEW.status <> OLD.status THEN
        RAISE EXCEPTION 'A visa that ended stays ended';
    END IF;
    RETURN NEW;
END $$;
"""
OF_A_VISA: Final = ("visas_visause", "visas_usegivenback", "visas_visaending")
KEEP_UNTIL_OVER: Final = """
DROP TRIGGER {table}_append_only ON {table};
CREATE TRIGGER {table}_until_over BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION visas_kept_until_over();
"""
KEEP_EVEN_THEN: Final = """
DROP TRIGGER {table}_until_over ON {table};
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION safar_append_only();
"""
