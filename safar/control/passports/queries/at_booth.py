"""What may a booth know of a document that was issued here? That it is not honoured, or differs."""

from safar.control.blanks.choices import BlankState
from safar.control.blanks.queries.reports import REFERENCE, state_of_unused
from safar.control.documents.choices import Report
from safar.control.documents.queries.reported import Standing
from safar.control.documents.rules.reports import in_standard_form
from safar.control.documents.rules.sources import OtherSource, of_sources
from safar.control.passports.choices.making import PassportStatus
from safar.control.passports.models.passports import Passport
from safar.control.travellers.read_document import ReadDocument
from safar.core import node


def not_honoured(issuer: str, number: str) -> Standing | None:
    """What the own registers say against a document, whatever became of the reports on it.

    Cancelled, spoiled, or not given out yet; or a blank of the stock that became no document.
    """
    if issuer != node.country():
        return None
    number = in_standard_form(number)
    made = Passport.objects.filter(number=number).exclude(status=PassportStatus.DELIVERED)
    if made.exists():
        return Standing(Report.VOID, f"passports {number}")
    blank = state_of_unused(number)
    if blank is None:
        return None
    gone = blank in (BlankState.SPOILED, BlankState.DESTROYED)
    return Standing(Report.VOID if gone else Report.STOLEN_BLANK, f"{REFERENCE}{number}")


def differs(document: ReadDocument, *, cut: bool) -> tuple[str, ...]:
    """The fields in which a document shown is not the one that was issued under its number.

    Their names alone: who the true holder is, the booth is not told. `cut`: the name shown may be
    cut short, as in a zone. Empty for what this register did not issue.
    """
    if document.issuer != node.country():
        return ()
    issued = Passport.objects.filter(number=in_standard_form(document.number)).first()
    if issued is None:
        return ()
    kept = OtherSource(
        source="register",
        name=issued.name,
        birth=issued.birth,
        sex=issued.sex,
        nationality=issued.nationality,
        expires_on=issued.expires_on,
        personal_number=issued.personal_number,
    )
    return tuple(remark.params["field"] for remark in of_sources(document, (kept,), cut=cut))
