"""How the database itself lets personal data go: only of a case whose key is destroyed right now.

What happened is append-only, for the tables' owner too. There is one exception: in the very
transaction in which a case's key is destroyed, on the decision of two people, its words go.
"""

from typing import Final

from django.db import migrations

# A key is destroyed once: of a closed case, by an erasure that two people agreed to.
KEYS: Final = """
CREATE FUNCTION safar_case_key() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'The key of a case is destroyed, never deleted.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.destroyed_at IS NOT NULL OR OLD.case_id <> NEW.case_id) THEN
        RAISE EXCEPTION 'A destroyed key stays destroyed.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.destroyed_at IS NOT NULL AND NOT (
        NEW.destroyed_at = transaction_timestamp()
        AND EXISTS (SELECT FROM cases_case c WHERE c.id = NEW.case_id AND c.closed_on IS NOT NULL)
        AND EXISTS (SELECT FROM cases_erasure e WHERE e.case_id = NEW.case_id
                    AND e.status = 'approved' AND e.decided_by_id = NEW.destroyed_by_id)
    ) THEN
        RAISE EXCEPTION 'A key is destroyed of a closed case, once two people have agreed.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_casekey_once BEFORE INSERT OR UPDATE OR DELETE ON cases_casekey
    FOR EACH ROW EXECUTE FUNCTION safar_case_key();
CREATE TRIGGER cases_casekey_keep BEFORE TRUNCATE ON cases_casekey
    FOR EACH STATEMENT EXECUTE FUNCTION safar_case_key();
CREATE FUNCTION safar_is_being_erased(uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public
    AS $$ SELECT EXISTS (SELECT FROM cases_casekey
          WHERE case_id = $1 AND destroyed_at = transaction_timestamp()) $$;
CREATE FUNCTION safar_belongs_nowhere(uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public
    AS $$ SELECT NOT EXISTS (SELECT FROM cases_casemember WHERE person_id = $1) $$;
CREATE FUNCTION safar_kept_until_erased() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
DECLARE may_go boolean;
BEGIN
    EXECUTE 'SELECT ' || TG_ARGV[0] INTO may_go USING OLD;
    IF may_go IS NOT TRUE THEN
        RAISE EXCEPTION 'The table % is append-only: % is refused.', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
"""
# Both act as the owner: parts of the case may be out of sight of whoever decides, and whether
# a person is helped elsewhere must not be seen from what is left of her here.
ERASE: Final = """
CREATE FUNCTION safar_erase(erased uuid, plan jsonb, people jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE step jsonb; rows text; hop jsonb; changes text; link record;
BEGIN
    IF NOT safar_is_being_erased(erased) THEN
        RAISE EXCEPTION 'Only the case whose key is destroyed now is erased.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR step IN SELECT * FROM jsonb_array_elements(plan) LOOP
        rows := format('%L', erased);  -- from the case down to this table, one hop at a time
        FOR hop IN SELECT * FROM jsonb_array_elements(step->'hops') LOOP
            rows := CASE WHEN hop->>'table' IS NULL THEN format('%I IN (%s)', hop->>'column', rows)
                ELSE format('SELECT id FROM %I WHERE %I IN (%s)',
                            hop->>'table', hop->>'column', rows) END;
        END LOOP;
        SELECT string_agg(part, ', ') INTO changes FROM (
            SELECT format('%I = %L', key, value) AS part FROM jsonb_each_text(step->'blank')
            UNION ALL  -- what was empty stays empty: rules may tell the two apart
            SELECT format('%1$I = CASE WHEN %1$I <> %2$L THEN %3$L ELSE %1$I END', name, '', '-')
            FROM jsonb_array_elements_text(step->'words') AS name
        ) parts;
        IF changes IS NOT NULL THEN
            EXECUTE format('UPDATE %I SET %s WHERE %s', step->>'table', changes, rows);
        END IF;
        FOR link IN SELECT p.key AS was, p.value AS husk, c AS name
            FROM jsonb_each_text(people) p, jsonb_array_elements_text(step->'people') c LOOP
            EXECUTE format('UPDATE %I SET %I = %L WHERE %I = %L AND %s',
                step->>'table', link.name, link.husk, link.name, link.was, rows);
        END LOOP;
    END LOOP;
    PERFORM safar_forget_person(key::uuid) FROM jsonb_object_keys(people) AS key;
END $$;
CREATE FUNCTION safar_forget_person(gone uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
DECLARE link record; homes uuid[];
BEGIN
    IF NOT safar_belongs_nowhere(gone) THEN RETURN; END IF;
    SELECT array_agg(household_id) INTO homes FROM cases_householdmember WHERE person_id = gone;
    FOR link IN SELECT c.conrelid::regclass AS name, a.attname
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'cases_person'::regclass
        AND NOT EXISTS (SELECT FROM pg_attribute o WHERE o.attrelid = c.conrelid
                        AND o.attname = 'case_id' AND NOT o.attisdropped) LOOP
        EXECUTE format('DELETE FROM %s WHERE %I = %L', link.name, link.attname, gone);
    END LOOP;
    DELETE FROM cases_household h WHERE h.id = ANY (homes)
        AND NOT EXISTS (SELECT FROM cases_householdmember m WHERE m.household_id = h.id);
    DELETE FROM cases_person WHERE id = gone;
END $$;
REVOKE EXECUTE ON FUNCTION safar_forget_person(uuid) FROM PUBLIC;
"""
REMOVE: Final = """
DROP FUNCTION safar_forget_person(uuid);
DROP FUNCTION safar_erase(uuid, jsonb, jsonb);
DROP TRIGGER cases_casekey_keep ON cases_casekey;
DROP TRIGGER cases_casekey_once ON cases_casekey;
DROP FUNCTION safar_kept_until_erased();
DROP FUNCTION safar_belongs_nowhere(uuid);
DROP FUNCTION safar_is_being_erased(uuid);
DROP FUNCTION safar_case_key();
"""
LET_GO: Final = """
DROP TRIGGER IF EXISTS {table}_append_only ON {table};
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION safar_kept_until_erased('{condition}');
"""
HOLD: Final = """
DROP TRIGGER {table}_append_only ON {table};
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION safar_append_only();
"""
# The guard is made again as it was, with one condition more.
STAND_ASIDE: Final = """
DO $$ DECLARE guard text; BEGIN
    SELECT pg_get_triggerdef(oid) INTO STRICT guard FROM pg_trigger
        WHERE tgrelid = '{table}'::regclass AND tgname = '{trigger}';
    IF guard LIKE '% WHEN (%' THEN RAISE 'The guard {trigger} has a condition already.'; END IF;
    DROP TRIGGER {trigger} ON {table};
    EXECUTE replace(guard, ' EXECUTE FUNCTION',
        ' WHEN (NOT safar_is_being_erased(NEW.case_id)) EXECUTE FUNCTION');
END $$;
"""
STAND_AGAIN: Final = """
DO $$ DECLARE guard text; BEGIN
    SELECT pg_get_triggerdef(oid) INTO STRICT guard FROM pg_trigger
        WHERE tgrelid = '{table}'::regclass AND tgname = '{trigger}';
    DROP TRIGGER {trigger} ON {table};
    EXECUTE regexp_replace(guard, ' WHEN .*EXECUTE FUNCTION', ' EXECUTE FUNCTION');
END $$;
"""


def functions() -> migrations.RunSQL:
    """The guard of the keys, and the only way by which what happened is forgotten."""
    return migrations.RunSQL([KEYS, ERASE], REMOVE)


def kept_until_erased(*tables: str) -> migrations.RunSQL:
    """Append-only tables with a `case_id`: their rows may lose their words with their case."""
    return _let_go(tables, "safar_is_being_erased(($1).case_id)")


def parts_kept_until_erased(table: str, column: str, parent: str) -> migrations.RunSQL:
    """The same for a table whose `column` leads to a `parent` with a `case_id`."""
    case = f"(SELECT p.case_id FROM {parent} p WHERE p.id = ($1).{column})"  # noqa: S608 - names
    return _let_go((table,), f"safar_is_being_erased({case})")


def kept_until_forgotten(table: str, *columns: str) -> migrations.RunSQL:
    """Append-only rows about people: deleted with one who belongs to no case any more."""
    return _let_go((table,), " OR ".join(f"safar_belongs_nowhere(($1).{one})" for one in columns))


def lets_erasure_pass(table: str, trigger: str) -> migrations.RunSQL:
    """A guard on UPDATE of a table with a `case_id` stands aside while its case is erased."""
    names = {"table": table, "trigger": trigger}
    return migrations.RunSQL(STAND_ASIDE.format(**names), STAND_AGAIN.format(**names))


def _let_go(tables: tuple[str, ...], condition: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        [LET_GO.format(table=table, condition=condition) for table in tables],
        [HOLD.format(table=table) for table in tables],
    )
