"""Nothing about a person leaves without her live consent and an agreement: said by the database.

The pages say it too (`consenting.py`), by the calendar of the place. The database does not know
the place: it refuses what is over, or has not begun, wherever on Earth one stands.
"""

from typing import ClassVar

from django.db import migrations

TODAY_FIRST = "(now() AT TIME ZONE 'Etc/GMT+12')::date"  # the earliest date that is today anywhere
TODAY_LAST = "(now() AT TIME ZONE 'Etc/GMT-14')::date"

# FOR SHARE puts a withdrawal and a sending in a line: whichever comes second sees the first.
DISCLOSURE = """
CREATE FUNCTION cases_disclosure_allowed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE given cases_consent%ROWTYPE; named cases_consentrecipient%ROWTYPE; why text;
BEGIN
    SELECT * INTO given FROM cases_consent WHERE id = NEW.consent_id FOR SHARE;
    SELECT * INTO named FROM cases_consentrecipient
        WHERE consent_id = NEW.consent_id AND partner_id = NEW.recipient_id;
    why := CASE
        WHEN given.id IS NULL THEN 'there is no such consent'
        WHEN given.case_id <> NEW.case_id OR given.compartment <> NEW.compartment
            THEN 'the consent was given in another file'
        WHEN given.withdrawn_at IS NOT NULL THEN 'the consent is withdrawn'
        WHEN given.obtained_on > <today last> OR given.expires_on < <today first>
            THEN 'the consent is not in force'
        WHEN given.purpose <> NEW.purpose THEN 'the consent is for another purpose'
        WHEN named.id IS NULL THEN 'the consent does not name the recipient'
        WHEN EXISTS (SELECT FROM unnest(NEW.fields) AS field
                WHERE split_part(field, '.', 1) <> 'request'
                AND split_part(field, '.', 1) <> ALL (named.may_know))
            THEN 'the consent does not cover every field'
        WHEN given.kind = 'implicit' AND EXISTS (SELECT FROM unnest(NEW.fields) AS field
                WHERE split_part(field, '.', 1) IN ('health', 'protection'))
            THEN 'an implicit consent covers nothing sensitive'
        WHEN NOT EXISTS (SELECT FROM cases_sharingagreement WHERE partner_id = NEW.recipient_id
                AND in_force_from <= <today last>
                AND (in_force_until IS NULL OR in_force_until >= <today first>))
            THEN 'no agreement with the recipient is in force'
        END;
    IF why IS NOT NULL THEN
        RAISE EXCEPTION 'Nothing may leave: %.', why USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_disclosure_allowed BEFORE INSERT ON cases_disclosure
    FOR EACH ROW EXECUTE FUNCTION cases_disclosure_allowed();
""".replace("<today first>", TODAY_FIRST).replace("<today last>", TODAY_LAST)

# Words go when the case is erased (forgetting_sql.py); every term stays as it was agreed till then.
CONSENT = """
CREATE FUNCTION cases_consent_terms() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE free text[] := ARRAY['withdrawn_at', 'withdrawn_by_id', 'withdrawal_reason'];
BEGIN
    IF to_jsonb(NEW) - free = to_jsonb(OLD) - free
        AND (OLD.withdrawn_at IS NULL OR to_jsonb(NEW) = to_jsonb(OLD)) THEN
        RETURN NEW;
    END IF;
    IF NOT safar_is_being_erased(OLD.case_id) THEN
        RAISE EXCEPTION 'The terms of a consent do not change, and a withdrawal stands.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_consent_terms BEFORE UPDATE ON cases_consent
    FOR EACH ROW EXECUTE FUNCTION cases_consent_terms();
"""

# Looked at when the transaction ends: by then the withdrawal has reached what was sent.
WITHDRAWAL = """
CREATE FUNCTION cases_withdrawal_reaches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM cases_referral WHERE consent_id = NEW.id AND status IN
            ('draft', 'sent', 'received', 'accepted', 'in_service'))
        OR EXISTS (SELECT FROM cases_disclosure d WHERE d.consent_id = NEW.id AND NOT EXISTS
            (SELECT FROM cases_withdrawalnotice n
             WHERE n.consent_id = NEW.id AND n.recipient_id = d.recipient_id))
    THEN
        RAISE EXCEPTION 'A withdrawal must reach every referral and every recipient.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cases_withdrawal_reaches AFTER UPDATE OF withdrawn_at ON cases_consent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.withdrawn_at IS NOT NULL)
    EXECUTE FUNCTION cases_withdrawal_reaches();
"""

REFERRAL = """
CREATE FUNCTION cases_referral_consented() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE given cases_consent%ROWTYPE;
BEGIN
    SELECT * INTO given FROM cases_consent WHERE id = NEW.consent_id;
    IF given.id IS NULL OR given.case_id <> NEW.case_id OR given.compartment <> NEW.compartment
        OR (NEW.disclosure_id IS NOT NULL AND NOT EXISTS (SELECT FROM cases_disclosure
            WHERE id = NEW.disclosure_id AND consent_id = NEW.consent_id
            AND recipient_id = NEW.partner_id))
    THEN
        RAISE EXCEPTION 'A referral, its consent and its disclosure are not of one piece.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF given.withdrawn_at IS NOT NULL AND NEW.status <> 'withdrawn'
        AND (TG_OP = 'INSERT' OR NEW.status <> OLD.status)
    THEN
        RAISE EXCEPTION 'The consent of this referral is withdrawn: it goes no further.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_referral_consented BEFORE INSERT OR UPDATE ON cases_referral
    FOR EACH ROW EXECUTE FUNCTION cases_referral_consented();
"""


def guard(table: str, name: str, statements: str) -> migrations.RunSQL:
    return migrations.RunSQL(statements, f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0002_walls")]

    operations: ClassVar = [
        guard("cases_disclosure", "cases_disclosure_allowed", DISCLOSURE),
        guard("cases_consent", "cases_consent_terms", CONSENT),
        guard("cases_consent", "cases_withdrawal_reaches", WITHDRAWAL),
        guard("cases_referral", "cases_referral_consented", REFERRAL),
    ]
