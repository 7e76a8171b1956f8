"""The second wall: row-level security, as plain SQL for the migrations.

Whoever acts as `safar_assistance` sees what `safar.user` may see, whatever the query says; with
no user set she sees nothing. The conditions are those of `sight.py`; a test compares the two.
The tables' owner is exempt: migrations, the command line and the nightly work.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION safar_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('safar.user', true), '')::uuid $$;
-- The owner's own reading of who is named where: else the wall of accesses would need the wall
-- of cases, which needs this.
CREATE FUNCTION safar_named_cases() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public
    AS $$ SELECT case_id FROM cases_caseaccess
          WHERE user_id = safar_user() AND (until IS NULL OR until >= current_date) $$;
-- Where a user works, as keys: `programme|office|compartment`, an asterisk for any office. Asked
-- once for a statement, where a look at the placements for every row would cost ten times that.
CREATE FUNCTION safar_places(who uuid) RETURNS text[] LANGUAGE sql STABLE
    SET search_path = public
    AS $$ SELECT coalesce(array_agg(p.programme || '|' || at || '|' || behind), '{}')
          FROM cases_placement p CROSS JOIN unnest(p.compartments) behind
          CROSS JOIN LATERAL (SELECT '*' UNION ALL SELECT o.id::text FROM accounts_office o
              WHERE p.office_id IS NULL OR o.id = p.office_id) places (at)
          WHERE p.user_id = who $$;
"""
REMOVE_FUNCTIONS = """
DROP FUNCTION safar_places(uuid);
DROP FUNCTION safar_named_cases();
DROP FUNCTION safar_user();
"""

PLACED = (
    "({case}.programme || '|' || {office} || '|' || {compartment}) "
    "= ANY ((SELECT safar_places(safar_user()))::text[])"
)
HERE = "{case}.office_id::text"
ANYWHERE = "'*'"
NAMED = "cases_case.id IN (SELECT safar_named_cases())"
_OWN = {"case": "cases_case", "compartment": "cases_case.compartment"}
CASE = f"""
({PLACED.format(office=HERE.format(**_OWN), **_OWN)}
    AND (compartment <> 'restricted' OR lead_id = (SELECT safar_user()) OR {NAMED}))
OR ({NAMED} AND (compartment IN ('open', 'programme')
    OR {PLACED.format(office=ANYWHERE, **_OWN)}))
"""
PERSON = "EXISTS (SELECT 1 FROM cases_casemember m WHERE m.person_id = {table}.{column})"
OF_CASE = "EXISTS (SELECT 1 FROM cases_case c WHERE c.id = {table}.{column})"
OF_PART = (  # no input: the tables are named by the migrations
    "EXISTS (SELECT 1 FROM cases_case c WHERE c.id = {table}.case_id AND ({table}.compartment = '' OR "  # noqa: S608
    + PLACED.format(case="c", compartment="{table}.compartment", office=HERE.format(case="c"))
    + "))"
)
OWN_LIST = "EXISTS (SELECT 1 FROM cases_caseimport i WHERE i.id = {table}.run_id)"
HOUSEHOLD = "EXISTS (SELECT 1 FROM cases_householdmember m WHERE m.household_id = {table}.id)"

# Row-level security lets no index help a comparison that is not leakproof, and `&&` is not: every
# name would be read. So the owner looks names up, and answers with those of people in sight alone.
SOUNDING = f"""
CREATE FUNCTION safar_names_sounding(one varchar[], two varchar[], most integer)
    RETURNS TABLE (id uuid, person_id uuid, script varchar, surname varchar, given_names varchar,
        patronymic varchar) LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public SET jit = off
    AS $$ SELECT n.id, n.person_id, n.script, n.surname, n.given_names, n.patronymic FROM (
        SELECT * FROM cases_personname WHERE keys && one AND keys && two
        ORDER BY (SELECT sum(CASE WHEN left(key, 1) IN ('~', '-') THEN 1 ELSE 4 END)
            FROM unnest(keys) key WHERE key = ANY (one || two)) DESC, cardinality(keys), id) n
    -- Not EXISTS, which would be asked of all before the first is given out.
    WHERE (SELECT true FROM cases_casemember m JOIN cases_case ON cases_case.id = m.case_id
        WHERE m.person_id = n.person_id AND ({CASE}) LIMIT 1)
    LIMIT most $$;
"""  # noqa: S608 - made of this file's constants
REMOVE_SOUNDING = "DROP FUNCTION safar_names_sounding(varchar[], varchar[], integer);"

ON = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY {table}_sight ON {table} USING ({condition});
"""
# A person is written before the case that makes her visible.
ON_BUT_ADDED = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY {table}_sight ON {table} USING ({condition}) WITH CHECK (true);
"""
OFF = "DROP POLICY {table}_sight ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


def functions() -> migrations.RunSQL:
    """What the conditions ask: who acts, and which cases bear her name."""
    return migrations.RunSQL(FUNCTIONS, REMOVE_FUNCTIONS)


def sounding() -> migrations.RunSQL:
    """The search by sound: names of people in sight with a key of each list, the likest first."""
    return migrations.RunSQL(SOUNDING, REMOVE_SOUNDING)


def wall(table: str, condition: str, *, added_freely: bool = False) -> migrations.RunSQL:
    """Let those who act as the wing see only the rows of this condition."""
    template = ON_BUT_ADDED if added_freely else ON
    return migrations.RunSQL(
        template.format(table=table, condition=condition), OFF.format(table=table)
    )


def of_case(table: str, column: str = "case_id") -> migrations.RunSQL:
    """Rows of cases in sight."""
    return wall(table, OF_CASE.format(table=table, column=column))


def of_part(table: str) -> migrations.RunSQL:
    """Rows of cases in sight, those with a compartment of their own behind that wall as well."""
    return wall(table, OF_PART.format(table=table))


def of_person(table: str, column: str = "person_id") -> migrations.RunSQL:
    """Rows about people in sight."""
    return wall(table, PERSON.format(table=table, column=column))


def of_two_people(table: str, one: str, other: str) -> migrations.RunSQL:
    """Rows about two people, both of them in sight."""
    both = (PERSON.format(table=table, column=column) for column in (one, other))
    return wall(table, " AND ".join(both))
