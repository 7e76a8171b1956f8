"""The roles of the control wing: posts, second line, lists, headquarters."""

from django.utils.translation import gettext_lazy as _

from safar.accounts.roles.role import CONTROL, Role


class Officer(Role):
    code = "officer"
    name = _("Officer")
    description = _("First line: inspects travellers in a booth and decides.")
    wing = CONTROL
    permissions = frozenset(
        {
            "border.booth",
            "border.sign_on",
            "border.sign_off",
            "border.inspect",
            "border.admit",
            "border.pass_with_reason",
            "border.refer",
            "border.refuse",
            "border.leave_flow",
            "border.print_refusal",
            "border.propose_amendment",
            "border.read_shift",
            "border.log_event",
            "travellers.register",
            "watchlist.raise_hits",
            "visas.use_visa",
        }
    )


class SecondLineOfficer(Role):
    code = "second_line"
    name = _("Second-line officer")
    description = _("Second line: judges likenesses to list entries and decides on referrals.")
    wing = CONTROL
    permissions = Officer.permissions | {
        "border.second_line",
        "border.check_chip",
        "border.look_at_specimen",
        "border.look_at_visa",
        "border.take_referral",
        "border.return_referral",
        "border.admit_referred",
        "border.refuse_referred",
        "border.set_aside_referral",
        "border.leave_flow_referred",
        "watchlist.judge_hit",
        "watchlist.take_back_hit",
        "travellers.search",
        "travellers.open",
        "travellers.judge_same_person",
        "documents.read",
        "documents.report",
    }


class ShiftLeader(Role):
    code = "shift_leader"
    name = _("Shift leader")
    description = _("Leads a shift: opens and hands it over, reads its log, signs corrections.")
    wing = CONTROL
    permissions = SecondLineOfficer.permissions | {
        "border.open_shift",
        "border.hand_over_shift",
        "border.close_shift",
        "border.take_over_shift",
        "border.approve_amendment",
        "visas.give_back_use",
        "border.decline_amendment",
        "border.end_sign_on",
    }


class ListManager(Role):
    code = "list_manager"
    name = _("List manager")
    description = _("Imports lists, and proposes and publishes entries. Never both on one entry.")
    wing = CONTROL
    permissions = frozenset(
        {
            "watchlist.read",
            "watchlist.propose_import",
            "watchlist.approve_import",
            "watchlist.decline_import",
            "watchlist.choose_columns",
            "watchlist.restart_import",
            "watchlist.propose_entry",
            "watchlist.publish_entry",
            "watchlist.decline_entry",
            "watchlist.propose_lifting",
            "watchlist.propose_change",
            "watchlist.publish_change",
            "watchlist.decline_change",
            "watchlist.review_entry",
            "watchlist.see_recent_crosser",
            "watchlist.propose_threshold",
            "watchlist.approve_threshold",
            "watchlist.decline_threshold",
            "documents.read",
            "documents.report",
            "documents.withdraw",
            "documents.report_batch",
            "documents.withdraw_batch",
            "documents.export_reports",
            "documents.add_source",
            "documents.propose_list",
            "documents.approve_list",
            "documents.decline_list",
            "documents.restart_list",
        }
    )
    changes_trust = True
    nationwide = True


class ListHead(Role):
    code = "list_head"
    name = _("Head of lists")
    description = _("A list manager who also agrees to liftings, and sees who opened an entry.")
    wing = CONTROL
    permissions = ListManager.permissions | {"watchlist.lift_entry", "watchlist.read_looks"}
    changes_trust = True
    nationwide = True


class DocumentExpert(Role):
    code = "document_expert"
    name = _("Document expert")
    description = _(
        "Keeps the table of what states issue and the specimens, and reports documents and stolen blanks. Never both hands on one change."
    )
    wing = CONTROL
    permissions = frozenset(
        {
            "documents.read",
            "documents.report",
            "documents.withdraw",
            "documents.report_batch",
            "documents.withdraw_batch",
            "documents.propose_series",
            "documents.agree_series",
            "documents.decline_series",
            "documents.add_specimen",
            "documents.retire_specimen",
            "documents.add_specimen_page",
            "documents.remove_specimen_page",
            "documents.add_specimen_feature",
            "documents.remove_specimen_feature",
            "documents.import_certificates",
            "documents.import_revocations",
            "documents.trust_certificates",
            "documents.trust_certificate",
            "documents.decline_certificate",
            "documents.distrust_certificate",
            "documents.propose_certificate",
        }
    )
    changes_trust = True
    nationwide = True


class Analyst(Role):
    code = "analyst"
    name = _("Analyst")
    description = _("Headquarters: reads and exports figures. Sees no person.")
    wing = CONTROL
    permissions = frozenset({"statistics.read", "statistics.export", "stays.count"})
    nationwide = True


class VisaManualKeeper(Role):
    code = "visa_manual_keeper"
    name = _("Keeper of the visa manual")
    description = _("Proposes and agrees to lines of the visa manual. Never both on one line.")
    wing = CONTROL
    permissions = frozenset(
        {
            "visas.read_manual",
            "visas.propose_rule",
            "visas.approve_rule",
            "visas.decline_rule",
            "visas.propose_ending",
            "visas.approve_ending",
            "visas.decline_ending",
        }
    )
    changes_trust = True
    nationwide = True
