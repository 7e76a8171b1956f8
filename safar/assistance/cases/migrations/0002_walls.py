"""Row-level security on every table that holds something about a person (`walls.py`)."""

from django.db import migrations

from safar.assistance.cases import walls
from safar.core.record import append_only

# A referral to us: where she is placed as long as it has no case, then with the case.
ARRIVED = f"""
(case_id IS NULL AND {
    walls.PLACED.format(
        case="cases_incomingreferral",
        compartment="cases_incomingreferral.compartment",
        office=walls.HERE.format(case="cases_incomingreferral"),
    )
})
OR (case_id IS NOT NULL AND {
    walls.OF_CASE.format(table="cases_incomingreferral", column="case_id")
})
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_tables")]

    operations = [
        walls.functions(),
        walls.sounding(),
        # people
        walls.wall(
            "cases_person",
            walls.PERSON.format(table="cases_person", column="id"),
            added_freely=True,
        ),
        walls.of_person("cases_personname"),
        walls.of_person("cases_externalnumber"),
        walls.of_person("cases_contact"),
        walls.of_two_people("cases_relationship", "person_id", "other_id"),
        walls.of_person("cases_personchange"),
        walls.of_two_people("cases_personjudgement", "one_id", "other_id"),
        walls.wall("cases_household", walls.HOUSEHOLD.format(table="cases_household"), added_freely=True),
        walls.of_person("cases_householdmember"),
        # cases
        walls.wall("cases_case", walls.CASE),
        walls.of_case("cases_casemember"),
        walls.of_case("cases_casemove"),
        walls.of_case("cases_caseaccess"),
        append_only("cases_personchange", "cases_personjudgement", "cases_casemove"),
        # money
        walls.of_case("cases_approval"),
        walls.wall(
            "cases_approvalstep",
            "EXISTS (SELECT 1 FROM cases_approval a WHERE a.id = cases_approvalstep.approval_id)",
        ),
        walls.of_case("cases_grant"),
        walls.of_case("cases_payment"),
        walls.of_case("cases_purchase"),
        walls.wall(
            "cases_quote",
            "EXISTS (SELECT 1 FROM cases_purchase p WHERE p.id = cases_quote.purchase_id)",
        ),
        append_only("cases_approvalstep"),
        # sharing (partners and agreements name nobody who is helped)
        walls.of_part("cases_consent"),
        walls.wall(
            "cases_consentrecipient",
            "EXISTS (SELECT 1 FROM cases_consent o WHERE o.id = cases_consentrecipient.consent_id)",
        ),
        walls.of_part("cases_disclosure"),
        walls.wall(
            "cases_withdrawalnotice",
            "EXISTS (SELECT 1 FROM cases_consent o WHERE o.id = cases_withdrawalnotice.consent_id)",
        ),
        walls.of_part("cases_referral"),
        walls.wall(
            "cases_referralmove",
            "EXISTS (SELECT 1 FROM cases_referral o WHERE o.id = cases_referralmove.referral_id)",
        ),
        walls.wall("cases_incomingreferral", ARRIVED),
        append_only("cases_consentrecipient", "cases_disclosure", "cases_referralmove"),
        # papers
        walls.of_case("cases_casekey"),
        walls.of_part("cases_document"),
        walls.of_part("cases_documentversion"),
        walls.of_part("cases_note"),
        walls.of_case("cases_erasure"),
        walls.of_person("cases_owndatacopy"),
        append_only("cases_documentversion", "cases_note", "cases_owndatacopy"),
        # work
        walls.of_case("cases_plan"),
        walls.wall(
            "cases_planitem",
            "EXISTS (SELECT 1 FROM cases_plan p WHERE p.id = cases_planitem.plan_id)",
        ),
        walls.of_case("cases_task"),
        walls.of_case("cases_followup"),
        walls.wall(
            "cases_attempt",
            "EXISTS (SELECT 1 FROM cases_followup f WHERE f.id = cases_attempt.follow_up_id)",
        ),
        walls.of_case("cases_service"),
        append_only("cases_attempt"),
        # instruments (questionnaires name nobody; what was answered does)
        walls.of_case("cases_response"),
        walls.wall(
            "cases_score",
            "EXISTS (SELECT 1 FROM cases_response r WHERE r.id = cases_score.response_id)",
        ),
        append_only(
            "cases_instrumentversion", "cases_question", "cases_questionchoice", "cases_response",
            "cases_score",
        ),
        # a list of cases: whoever handed it in, and nobody else
        walls.wall("cases_caseimport", "made_by_id = (SELECT safar_user())"),
        walls.wall("cases_caseimportrow", walls.OWN_LIST.format(table="cases_caseimportrow")),
        walls.wall(
            "cases_caseimportprogress", walls.OWN_LIST.format(table="cases_caseimportprogress")
        ),
    ]
