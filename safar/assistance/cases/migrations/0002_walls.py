"""Row-level security on every table that holds something about a person (`walls.py`)."""

from django.db import migrations

from safar.assistance.cases import walls
from safar.core.record import append_only


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_tables")]

    operations = [
        walls.functions(),
        # people
        walls.wall(
            "cases_person",
            walls.PERSON.format(table="cases_person", column="id"),
            added_freely=True,
        ),
        walls.of_person("cases_personname"),
        walls.of_person("cases_externalnumber"),
        walls.of_person("cases_contact"),
        walls.of_person("cases_relationship"),
        walls.of_person("cases_personjudgement", "one_id"),
        walls.wall("cases_household", walls.HOUSEHOLD.format(table="cases_household"), added_freely=True),
        walls.of_person("cases_householdmember"),
        # cases
        walls.wall("cases_case", walls.CASE),
        walls.of_case("cases_casemember"),
        walls.of_case("cases_casemove"),
        walls.of_case("cases_caseaccess"),
        append_only("cases_personjudgement", "cases_casemove"),
    ]
