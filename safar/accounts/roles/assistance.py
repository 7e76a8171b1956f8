"""The roles of the assistance wing. None of them sees a traveller, a crossing or a list.

Which cases a user sees is not in her role: it is where she is placed (`cases.Placement`).
"""

from django.utils.translation import gettext_lazy as _

from safar.accounts.roles.assistance_together import (
    FINDS,
    IMPORTS,
    KEEPS_PARTNERS,
    KEEPS_PEOPLE,
    SHARES,
)
from safar.accounts.roles.role import ASSISTANCE, Role


class Caseworker(Role):
    code = "caseworker"
    name = _("Caseworker")
    description = _("Registers people, opens and works cases of her office and programmes.")
    wing = ASSISTANCE
    permissions = (
        KEEPS_PEOPLE
        | SHARES
        | frozenset(
            {
                "cases.my_day",
                "cases.open_case",
                "movements.read",
                "movements.receive_referral",
                "movements.accept",
                "movements.not_accepted",
                "movements.put_aside",
                "movements.take_up",
                "movements.end",
                "movements.complete_steps",
                "movements.travel_together",
                "movements.apart",
                "movements.ask",
                "movements.send_back",
                "movements.finish",
                "movements.finish_for",
                "movements.refuse",
                "movements.waive",
                "movements.need",
                "movements.again",
                "movements.set_interview",
                "movements.tell_family",
                "movements.read_sessions",
                "movements.add_session",
                "movements.change_session",
                "movements.call_off_session",
                "movements.record_attendance",
                "movements.invite",
                "movements.take_out",
                "movements.report",
                "movements.export_report",
                "movements.draft_loan",
                "movements.sign_loan",
                "movements.assign_loan",
                "movements.record_repayment",
                "movements.cancel_loan",
                "movements.book",
                "movements.change_booking",
                "movements.ticket",
                "movements.cancel_booking",
                "movements.add_escort",
                "movements.remove_escort",
                "movements.report_escort",
                "movements.check_off",
                "movements.confirm_departure",
                "movements.confirm_arrival",
                "movements.open_own_case",
                "movements.note_event",
                "movements.give_clothing",
                "movements.rebook",
                "movements.send_notice",
                "movements.acknowledge",
                "returns.read",
                "returns.report",
                "returns.receive_referral",
                "returns.counsel",
                "returns.record_order",
                "returns.screen",
                "returns.sign",
                "returns.declare",
                "returns.withdraw",
                "returns.end",
                "returns.arrange_travel",
                "returns.depart",
                "returns.receive",
                "returns.weigh",
                "returns.choose",
                "returns.grant",
                "returns.finish_help",
                "returns.complete",
                "returns.report_visit",
                "cases.move_case",
                "cases.leave_case",
                "cases.hand_over",
                "cases.cover",
                "cases.end_cover",
                "cases.read_case",
                "cases.say_why",
                "cases.change_case",
                "cases.add_task",
                "cases.change_task",
                "cases.begin_task",
                "cases.finish_task",
                "cases.reopen_task",
                "cases.plan_follow_up",
                "cases.record_attempt",
                "cases.close_follow_up",
                "cases.record_service",
                "cases.take_back_service",
                "cases.draft_plan",
                "cases.change_plan",
                "cases.add_plan_item",
                "cases.remove_plan_item",
                "cases.submit_plan",
                "cases.answer_instrument",
                "cases.score_again",
                "cases.read_papers",
                "cases.add_document",
                "cases.add_version",
                "cases.add_note",
                "cases.read_payments",
                "cases.give_grant",
                "cases.close_grant",
                "cases.plan_payment",
                "cases.withdraw",
                "cases.record_paid",
                "cases.add_vendor",
                "cases.begin_purchase",
                "cases.add_quote",
                "cases.choose_quote",
                "cases.order_purchase",
                "cases.record_delivery",
                "cases.check_purchase",
                "cases.cancel_purchase",
            }
        )
    )


class ProgrammeOfficer(Role):
    code = "programme_officer"
    name = _("Programme officer")
    description = _("Leads a programme: agrees to plans, grants and closures that others prepared.")
    wing = ASSISTANCE
    permissions = (
        Caseworker.permissions
        | KEEPS_PARTNERS
        | IMPORTS
        | {
            "cases.import_instrument",
            "cases.read_retention",
            "cases.approve_erasure",
            "cases.decline_erasure",
            "cases.verify",
            "cases.approve",
            "cases.authorise",
            "cases.decline",
            "cases.change_ceiling",
            "cases.read_budgets",
        }
    )


class FinanceOfficer(Role):
    code = "finance_officer"
    name = _("Finance officer")
    description = _("Releases payments that others prepared and approved, and reconciles them.")
    wing = ASSISTANCE
    permissions = FINDS | frozenset(
        {
            "cases.my_day",
            "cases.read_case",
            "cases.say_why",
            "cases.read_payments",
            "cases.read_papers",
            "cases.verify",
            "cases.release",
            "cases.decline",
            "cases.withdraw",
            "cases.record_paid",
            "cases.reconcile",
            "cases.give_back",
            "cases.read_budgets",
            "cases.add_project",
            "cases.add_line",
            "cases.change_line",
            "cases.add_vendor",
        }
    )


class HealthWorker(Role):
    code = "health_worker"
    name = _("Health worker")
    description = _("Keeps the medical part of a case, which nobody else reads.")
    wing = ASSISTANCE
    permissions = (
        FINDS
        | SHARES
        | frozenset(
            {
                "movements.read_health",
                "movements.examine",
                "movements.say_fitness",
                "movements.check_before_flight",
                "cases.seal",
                "cases.my_day",
                "cases.read_case",
                "cases.say_why",
                "cases.begin_task",
                "cases.finish_task",
                "cases.record_service",
                "cases.read_papers",
                "cases.add_document",
                "cases.add_version",
                "cases.add_note",
            }
        )
    )


class DataProtectionOfficer(Role):
    code = "data_protection_officer"
    name = _("Data protection officer")
    description = _("Keeps placements, answers people about their own data, and erases it.")
    wing = ASSISTANCE
    changes_trust = True
    permissions = (
        FINDS
        | KEEPS_PARTNERS
        | frozenset(
            {
                "cases.my_day",
                "cases.place_user",
                "cases.end_placement",
                "cases.read_retention",
                "cases.propose_erasure",
                "cases.approve_erasure",
                "cases.decline_erasure",
                "cases.read_own_data",
                "cases.give_own_data",
            }
        )
    )
