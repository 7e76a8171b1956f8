"""What the database itself keeps of a blank that was lost: it never becomes anything."""

from typing import Final

LOST: Final = """
CREATE FUNCTION blanks_lost_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('lost', 'found') AND NEW.state NOT IN ('lost', 'found', 'destroyed')
        OR OLD.state = 'lost' AND NEW.state = 'destroyed' THEN
        RAISE EXCEPTION 'A blank that was lost is found and destroyed, and nothing else';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER blanks_lost_for_good BEFORE UPDATE ON blanks_blank
    FOR EACH ROW EXECUTE FUNCTION blanks_lost_for_good();
CREATE FUNCTION blanks_lost_not_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM blanks_blankmovement WHERE blank_id = NEW.blank_id AND kind = 'lost') THEN
        RAISE EXCEPTION 'A blank that was lost is never used';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER blanks_lost_not_used BEFORE INSERT ON blanks_blankmovement
    FOR EACH ROW WHEN (NEW.kind IN ('issued', 'acknowledged', 'sent'))
    EXECUTE FUNCTION blanks_lost_not_used();
"""
NOT_LOST: Final = """
DROP TRIGGER blanks_lost_not_used ON blanks_blankmovement;
DROP FUNCTION blanks_lost_not_used();
DROP TRIGGER blanks_lost_for_good ON blanks_blank;
DROP FUNCTION blanks_lost_for_good();
"""
