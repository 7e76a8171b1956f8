"""What stands behind which wall, once more (`walls.py`).

A linked referral to us keeps the wall at which it arrived. A way to reach a person, and why
something about her was changed, stay behind the wall of the case from which they were written. A
person who is known already is added to a case by nobody who does not see her. Why a restricted file
is opened stands in the case, so that it goes with it.
"""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models

from safar.assistance.cases import forgetting_sql, walls
from safar.core.node import uuid7
from safar.core.record import append_only

ARRIVED = "cases_incomingreferral"
HERE = walls.HERE.format(case=ARRIVED)
UNLINKED = "case_id IS NULL AND " + walls.PLACED.format(
    case=ARRIVED, compartment=f"{ARRIVED}.compartment", office=HERE
)
LINKED_BEFORE = walls.OF_CASE.format(table=ARRIVED, column="case_id")
BEHIND = walls.PLACED.format(
    case="c", compartment=f"{ARRIVED}.compartment", office=walls.HERE.format(case="c")
)
LINKED = f"""EXISTS (SELECT 1 FROM cases_case c WHERE c.id = {ARRIVED}.case_id
    AND (c.compartment = {ARRIVED}.compartment OR {BEHIND}))"""  # noqa: S608 - made of constants


def arrived(linked: str) -> str:
    return f"""ALTER POLICY {ARRIVED}_sight ON {ARRIVED}
        USING (({UNLINKED}) OR (case_id IS NOT NULL AND {linked}))"""


def written(table: str) -> migrations.RunSQL:
    about = walls.PERSON.format(table=table, column="person_id")
    origin = walls.OF_CASE.format(table=table, column="written_in")
    policy = f"ALTER POLICY {table}_sight ON {table} USING "
    return migrations.RunSQL(
        f"{policy} ({about} AND (written_in IS NULL OR {origin}))", f"{policy} ({about})"
    )


# Who belongs to no case was written just now. The owner looks: one in no case in sight is there too.
MAY_JOIN = f"""
CREATE FUNCTION safar_may_join(person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp
    AS $$ SELECT NOT EXISTS (SELECT FROM cases_casemember m WHERE m.person_id = person)
        OR EXISTS (SELECT FROM cases_casemember m JOIN cases_case ON cases_case.id = m.case_id
            WHERE m.person_id = person AND ({walls.CASE})) $$;
"""  # noqa: S608 - made of constants
IN_SIGHT = walls.OF_CASE.format(table="cases_casemember", column="case_id")
JOINED = f"ALTER POLICY cases_casemember_sight ON cases_casemember WITH CHECK ({IN_SIGHT}{{more}});"


COMPARTMENTS = [
    ("open", "Open"),
    ("programme", "Programme file"),
    ("protection", "Protection file"),
    ("restricted", "Restricted file"),
    ("medical", "Medical file"),
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0005_erasing")]

    operations: ClassVar = [
        migrations.RunSQL(arrived(LINKED), arrived(LINKED_BEFORE)),
        migrations.AddField("contact", "written_in", models.UUIDField(null=True, editable=False)),
        migrations.AddField(
            "personchange", "written_in", models.UUIDField(null=True, editable=False)
        ),
        written("cases_contact"),
        written("cases_personchange"),
        migrations.RunSQL(MAY_JOIN, "DROP FUNCTION safar_may_join(uuid);"),
        migrations.RunSQL(
            JOINED.format(more=" AND safar_may_join(person_id)"), JOINED.format(more="")
        ),
        migrations.CreateModel(
            name="CaseOpening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("compartment", models.CharField(blank=True, choices=COMPARTMENTS, max_length=12)),
                ("why", models.CharField(max_length=160)),
                ("said_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="openings", to="cases.case"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ("said_at",)},
        ),
        walls.of_part("cases_caseopening"),
        append_only("cases_caseopening"),
        forgetting_sql.kept_until_erased("cases_caseopening"),
    ]
