"""The making half of the roles of passports: who makes, looks again, hands over, cancels."""

from typing import Final

from safar.accounts.roles.blanks import AT_AN_OFFICE

_READS: Final = frozenset({"passports.read_issued"})

MAKES: Final = (
    _READS
    | AT_AN_OFFICE
    | {
        "passports.read_jobs",
        "passports.take_job",
        "passports.take_next",
        "passports.print_document",
        "passports.report_printed",
        "passports.fail_job",
    }
)
LOOKS_AGAIN: Final = (
    _READS
    | AT_AN_OFFICE
    | {
        "passports.read_jobs",
        "passports.check_quality",
        "passports.fail_job",
    }
)
AT_DELIVERY: Final = _READS | {
    "passports.print_receipt",
    "passports.deliver",
    "passports.attach_receipt",
    "passports.cancel_passport",
}
CANCELS: Final = AT_DELIVERY | {
    "passports.read_jobs",
    "passports.withdraw_cancellation",
    "passports.export_lost",
}
