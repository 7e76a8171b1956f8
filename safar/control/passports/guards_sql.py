"""What the database itself refuses of applications and documents, whoever writes the rows.

Other hands for making, reading back and handing over; what was checked stays as it was checked;
a document is never corrected; and judgements go with their application alone.
"""

from typing import Final

# Neither who typed nor who decided makes the document or reads it back; who decided does not hand
# it over. A parent receives a child's alone; who may be of age by the year of birth, counts so.
HANDS: Final = """
CREATE FUNCTION passports_made_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM passports_application AS asked WHERE asked.id = NEW.application_id
            AND (asked.entered_by_id IN (NEW.taken_by_id, NEW.checked_by_id)
                OR asked.decided_by_id IN (NEW.taken_by_id, NEW.checked_by_id))) THEN
        RAISE EXCEPTION 'who typed or decided an application neither makes nor passes the document'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'passport_made_by_others';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER passport_made_by_others
    BEFORE INSERT OR UPDATE OF taken_by_id, checked_by_id, application_id
    ON passports_personalisationjob
    FOR EACH ROW EXECUTE FUNCTION passports_made_by_others();
CREATE FUNCTION passports_read_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM passports_personalisationjob AS job
            JOIN passports_application AS asked ON asked.id = job.application_id
            WHERE job.id = NEW.job_id
                AND NEW.checked_by_id IN (asked.entered_by_id, asked.decided_by_id)) THEN
        RAISE EXCEPTION 'who typed or decided an application does not read the document back'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'quality_check_by_others';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER quality_check_by_others BEFORE INSERT ON passports_qualitycheck
    FOR EACH ROW EXECUTE FUNCTION passports_read_by_others();
CREATE FUNCTION passports_handed_rightly() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    made record;
BEGIN
    SELECT paper.birth, asked.decided_by_id INTO made FROM passports_passport AS paper
        JOIN passports_application AS asked ON asked.id = paper.application_id
        WHERE paper.id = NEW.passport_id;
    IF made.decided_by_id = NEW.delivered_by_id THEN
        RAISE EXCEPTION 'who decided an application does not hand the document over'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'delivery_by_another';
    END IF;
    -- A day's grace: the database's calendar is UTC.
    IF NEW.receiver = 'parent' AND rpad(made.birth, 10, '-01')
            < to_char(now() - interval '18 years 1 day', 'YYYY-MM-DD') THEN
        RAISE EXCEPTION 'a parent receives the document of a child alone'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'delivery_to_parent_of_child';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER delivery_rightly BEFORE INSERT ON passports_delivery
    FOR EACH ROW EXECUTE FUNCTION passports_handed_rightly();
"""
NO_HANDS: Final = """
DROP TRIGGER delivery_rightly ON passports_delivery;
DROP FUNCTION passports_handed_rightly();
DROP TRIGGER quality_check_by_others ON passports_qualitycheck;
DROP FUNCTION passports_read_by_others();
DROP TRIGGER passport_made_by_others ON passports_personalisationjob;
DROP FUNCTION passports_made_by_others();
"""
# Answers, papers and consents of what was checked; a document but for how it ends.
FROZEN: Final = """
CREATE FUNCTION passports_stays_as_checked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moves text[] := ARRAY['status', 'version', 'changed_at', 'holder_id', 'checked_at',
        'checked_by_id', 'checked_by_name', 'decided_at', 'decided_by_id', 'decided_by_name',
        'decision_reason', 'grounds'];
BEGIN
    IF OLD.status NOT IN ('draft', 'submitted', 'more_asked') THEN
        IF OLD.status <> 'checked' THEN
            moves := ARRAY['status', 'version', 'changed_at'];
        END IF;
        IF to_jsonb(NEW) - moves <> to_jsonb(OLD) - moves THEN
            RAISE EXCEPTION 'what was checked stays as it was checked'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'passport_application_as_checked';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER passport_application_as_checked BEFORE UPDATE ON passports_application
    FOR EACH ROW EXECUTE FUNCTION passports_stays_as_checked();
CREATE FUNCTION passports_papers_stand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    key uuid := CASE TG_OP WHEN 'INSERT' THEN NEW.application_id ELSE OLD.application_id END;
    standing text := (SELECT status FROM passports_application WHERE id = key);
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF standing IN ('draft', 'more_asked') OR passports_over(key) THEN
            RETURN OLD;
        END IF;
    ELSIF standing IN ('draft', 'submitted', 'more_asked') AND NEW.application_id = key THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the papers of what was checked stay as they were checked'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'passport_papers_as_checked';
END $$;
CREATE TRIGGER passport_papers_as_checked BEFORE INSERT OR UPDATE OR DELETE
    ON passports_attachment FOR EACH ROW EXECUTE FUNCTION passports_papers_stand();
CREATE TRIGGER passport_papers_as_checked BEFORE INSERT OR UPDATE OR DELETE
    ON passports_consent FOR EACH ROW EXECUTE FUNCTION passports_papers_stand();
CREATE FUNCTION passports_never_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moves text[] := ARRAY['status', 'version', 'made_at'];
BEGIN
    IF to_jsonb(NEW) - moves <> to_jsonb(OLD) - moves THEN
        RAISE EXCEPTION 'a document is never corrected'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'passport_never_corrected';
    END IF;
    IF OLD.status = 'cancelled' AND NEW.status <> 'cancelled' AND (
            EXISTS (SELECT FROM passports_cancellation
                WHERE passport_id = OLD.id AND withdrawn_at IS NULL)
            OR NOT EXISTS (SELECT FROM passports_cancellation WHERE passport_id = OLD.id)) THEN
        RAISE EXCEPTION 'its cancellation stands'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'passport_restored_by_two';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER passport_never_corrected BEFORE UPDATE ON passports_passport
    FOR EACH ROW EXECUTE FUNCTION passports_never_corrected();
"""
NO_FROZEN: Final = """
DROP TRIGGER passport_never_corrected ON passports_passport;
DROP FUNCTION passports_never_corrected();
DROP TRIGGER passport_papers_as_checked ON passports_consent;
DROP TRIGGER passport_papers_as_checked ON passports_attachment;
DROP FUNCTION passports_papers_stand();
DROP TRIGGER passport_application_as_checked ON passports_application;
DROP FUNCTION passports_stays_as_checked();
"""
# A likeness that nobody has judged may go when nothing speaks for it any more.
JUDGED: Final = """
CREATE FUNCTION passports_judgement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.outcome = '' OR passports_over(OLD.application_id)
            OR passports_over((to_jsonb(OLD) ->> 'other_id')::uuid) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a judgement goes with its application' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER passport_judgement_stays BEFORE DELETE ON passports_identitymatch
    FOR EACH ROW EXECUTE FUNCTION passports_judgement_stays();
CREATE TRIGGER passport_judgement_stays BEFORE DELETE ON passports_listmatch
    FOR EACH ROW EXECUTE FUNCTION passports_judgement_stays();
CREATE FUNCTION passports_goes_with_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF passports_over((SELECT application_id FROM passports_passport WHERE id = OLD.passport_id)) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'This is not past its time' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER passport_goes_with_document BEFORE DELETE ON passports_personalisationjob
    FOR EACH ROW EXECUTE FUNCTION passports_goes_with_document();
CREATE TRIGGER passport_goes_with_document BEFORE DELETE ON passports_cancellation
    FOR EACH ROW EXECUTE FUNCTION passports_goes_with_document();
"""
NO_JUDGED: Final = """
DROP TRIGGER passport_goes_with_document ON passports_cancellation;
DROP TRIGGER passport_goes_with_document ON passports_personalisationjob;
DROP FUNCTION passports_goes_with_document();
DROP TRIGGER passport_judgement_stays ON passports_listmatch;
DROP TRIGGER passport_judgement_stays ON passports_identitymatch;
DROP FUNCTION passports_judgement_stays();
"""
# As `keeping_sql` has it, and what was approved and stopped before a document was made of it.
OVER: Final = """
CREATE OR REPLACE FUNCTION passports_over(key uuid) RETURNS boolean LANGUAGE plpgsql AS $$
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
    ELSIF held.status = 'cancelled'
            AND NOT EXISTS (SELECT FROM passports_passport WHERE application_id = key) THEN
        SELECT coalesce(max(at), held.decided_at) INTO ended FROM passports_applicationmove
            WHERE application_id = key AND move = 'revoke';
        RETURN ended < now() - interval '5 years' + interval '1 day';
    ELSIF held.status IN ('made', 'delivered', 'cancelled') THEN
        RETURN NOT EXISTS (SELECT FROM passports_passport WHERE application_id = key
            AND expires_on > current_date - interval '15 years' + interval '1 day');
    END IF;
    RETURN false;
END $$;
"""
