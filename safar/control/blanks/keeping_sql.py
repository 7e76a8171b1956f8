"""What the database itself keeps: a lost blank becomes nothing, a seal is opened by two people."""

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
# Loose or in an open box a blank is taken; under a seal it moves with its box alone. It may be lost
# anywhere, and of a condemned box all are spoiled. The lost ones have their own guard, above.
MOVES: Final = """
CREATE FUNCTION blanks_blank_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE box_is text := (SELECT status FROM blanks_box WHERE id = OLD.box_id);
BEGIN
    IF NEW.box_id IS DISTINCT FROM OLD.box_id AND (NEW.box_id IS NOT NULL OR box_is <> 'open') THEN
        RAISE EXCEPTION 'A blank is taken out of an open box alone, and put into none';
    END IF;
    IF NEW.state = OLD.state OR OLD.state IN ('lost', 'found') THEN
        RETURN NEW;
    END IF;
    IF NOT (OLD.state, NEW.state) IN (
            ('in_hand', 'on_the_way'), ('in_hand', 'issued'), ('in_hand', 'spoiled'),
            ('in_hand', 'lost'), ('in_hand', 'destroyed'), ('on_the_way', 'in_hand'),
            ('on_the_way', 'lost'), ('issued', 'spoiled'), ('spoiled', 'lost'),
            ('spoiled', 'destroyed')) THEN
        RAISE EXCEPTION 'A blank that is % does not become %', OLD.state, NEW.state;
    END IF;
    IF OLD.state = 'in_hand' AND NEW.state IN ('spoiled', 'destroyed')
            AND box_is IN ('sealed', 'on_the_way', 'locked')
            OR OLD.state = 'in_hand' AND NEW.state = 'destroyed' AND box_is = 'condemned' THEN
        RAISE EXCEPTION 'A blank under a seal is neither spoiled nor destroyed by itself';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER blanks_blank_moves BEFORE UPDATE ON blanks_blank
    FOR EACH ROW EXECUTE FUNCTION blanks_blank_moves();

CREATE FUNCTION blanks_box_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    IF NOT (OLD.status, NEW.status) IN (
            ('sealed', 'on_the_way'), ('sealed', 'open'), ('sealed', 'locked'),
            ('on_the_way', 'sealed'), ('on_the_way', 'locked'), ('open', 'sealed'),
            ('locked', 'open'), ('locked', 'condemned')) THEN
        RAISE EXCEPTION 'A box that is % does not become %', OLD.status, NEW.status;
    END IF;
    IF OLD.status = 'locked' AND NEW.status = 'open' AND NOT EXISTS (
            SELECT FROM blanks_boxrelease WHERE box_id = NEW.id AND seal = OLD.seal) THEN
        RAISE EXCEPTION 'A locked box is released by another person than those who read its seal';
    END IF;
    IF OLD.status = 'open' AND (NEW.seal = OLD.seal OR EXISTS (
            SELECT FROM blanks_boxopening WHERE box_id = NEW.id AND seal = NEW.seal) OR EXISTS (
            SELECT FROM blanks_boxrelease WHERE box_id = NEW.id AND seal = NEW.seal)) THEN
        RAISE EXCEPTION 'A box is sealed again with a seal that it never bore';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER blanks_box_moves BEFORE UPDATE ON blanks_box
    FOR EACH ROW EXECUTE FUNCTION blanks_box_moves();

CREATE FUNCTION blanks_release_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM blanks_box WHERE id = NEW.box_id AND seal = NEW.seal
            AND status = 'locked' AND arrived_by_id IS DISTINCT FROM NEW.released_by_id)
        OR EXISTS (SELECT FROM blanks_boxopening WHERE box_id = NEW.box_id AND seal = NEW.seal
            AND NEW.released_by_id IN (proposed_by_id, decided_by_id)) THEN
        RAISE EXCEPTION 'A locked box is released by another person than those who read its seal';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER blanks_release_by_another BEFORE INSERT ON blanks_boxrelease
    FOR EACH ROW EXECUTE FUNCTION blanks_release_by_another();
"""
NO_MOVES: Final = """
DROP TRIGGER blanks_release_by_another ON blanks_boxrelease;
DROP FUNCTION blanks_release_by_another();
DROP TRIGGER blanks_box_moves ON blanks_box;
DROP FUNCTION blanks_box_moves();
DROP TRIGGER blanks_blank_moves ON blanks_blank;
DROP FUNCTION blanks_blank_moves();
"""
