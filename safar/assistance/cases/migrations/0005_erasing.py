"""How data goes: the guard of the keys, and what append-only tables and guards let go, and when.

A new append-only table about a case or a person gets a line here; a test says so.
"""

from django.db import migrations

from safar.assistance.cases import forgetting_sql as sql


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_money")]

    operations = [
        sql.functions(),
        sql.kept_until_erased(
            "cases_casemove", "cases_documentversion", "cases_note", "cases_disclosure",
            "cases_response",
        ),
        sql.parts_kept_until_erased("cases_score", "response_id", "cases_response"),
        sql.parts_kept_until_erased("cases_approvalstep", "approval_id", "cases_approval"),
        sql.parts_kept_until_erased("cases_attempt", "follow_up_id", "cases_followup"),
        sql.parts_kept_until_erased("cases_consentrecipient", "consent_id", "cases_consent"),
        sql.parts_kept_until_erased("cases_referralmove", "referral_id", "cases_referral"),
        sql.kept_until_forgotten("cases_personchange", "person_id"),
        sql.kept_until_forgotten("cases_personjudgement", "one_id", "other_id"),
        sql.kept_until_forgotten("cases_owndatacopy", "person_id"),
        # what these guard is whose it is and what was agreed: an erasure takes the names off
        sql.lets_erasure_pass("cases_consent", "cases_consent_terms"),
        sql.lets_erasure_pass("cases_referral", "cases_referral_consented"),
        sql.lets_erasure_pass("cases_approval", "cases_approval_guard"),
        sql.lets_erasure_pass("cases_grant", "cases_grant_guard"),
        sql.lets_erasure_pass("cases_payment", "cases_payment_moved"),
    ]
