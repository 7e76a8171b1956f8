"""What of the sharing goes on paper: the consent form, the referral letter, the notice of a
withdrawal. In the language of whoever reads it; a letter holds the disclosed fields, no other."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from safar.assistance.cases.choices.sharing import (
    ConsentKind,
    ConsentPrompt,
    DataKind,
    LetterLanguage,
    ReferralStatus,
)
from safar.assistance.cases.consent_form import FORM_VERSION, prompts, statement
from safar.assistance.cases.models import Consent, Partner, Referral, WithdrawalNotice
from safar.assistance.cases.models.sharing import reference_of
from safar.assistance.cases.shared_fields import label_of
from safar.ui.pdf import printed

FOLDER = Path(__file__).parent / "templates" / "cases"
LETTER, CONSENT = FOLDER / "letter.typ", FOLDER / "consent.typ"
# Nothing of these can be seen on paper, and some turn the order of what can (UAX #9).
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
JOINERS = ("\u200c", "\u200d")  # part of the spelling of Persian


def referral_letter(referral: Referral, content: Sequence[tuple[str, str]]) -> bytes:
    """The letter of a referral as PDF on A4, in its own language, with a slip for the answer.

    Args:
        content: the disclosed fields, code and words; of a draft, what would leave.
    """
    with translation.override(referral.language):
        return printed(LETTER, _referral(referral, content))


def notice_letter(notice: WithdrawalNotice, language: str) -> bytes:
    """The letter that tells a partner of a withdrawal: numbers and days, nothing of the person."""
    with translation.override(language):
        return printed(LETTER, _notice(notice, language))


def consent_paper(consent: Consent | None, language: str) -> bytes:
    """The consent form as PDF: filled in as it was given, or empty to be written on."""
    with translation.override(language):
        return printed(CONSENT, _consent(consent, language))


def language_of(wish: str, otherwise: str) -> str:
    """A language that forms are printed in: the wished one, else the reader's, else English."""
    known = (code for code in (wish, otherwise.partition("-")[0]) if code in LetterLanguage.values)
    return next(known, str(LetterLanguage.ENGLISH))


def _referral(referral: Referral, content: Sequence[tuple[str, str]]) -> dict[str, Any]:
    sent = referral.disclosure
    return letter_head(
        referral.language,
        title=_("Referral"),
        mark=_mark(referral),
        number=referral.reference,
        day=timezone.localdate(sent.sent_at) if sent else timezone.localdate(),
        office=_office(referral),
        to=referral.partner,
    ) | {
        "opening": _("We ask for your help for the person named below. The person agreed to it."),
        "rows": [[label_of(code), clean(words)] for code, words in content],
        "rules_title": _("How to use these data"),
        "rules": _rules(referral.consent),
        "slip_title": _("Answer, to be sent back by {day}").format(day=_day(referral.due_on)),
        "slip": [
            _("Received"),
            _("Accepted"),
            _("Declined, because:"),
            _("Completed, with this outcome:"),
            _("Not completed, because:"),
        ],
        "signatures": [_("Name and post"), _("Date"), _("Signature")],
    }


def _mark(referral: Referral) -> str:
    """What stands across a letter that must not leave, or not again."""
    if referral.consent.withdrawn_at is not None:
        return _("CONSENT WITHDRAWN, do not send")
    return _("DRAFT, not sent") if referral.status == ReferralStatus.DRAFT else ""


def _rules(consent: Consent) -> list[str]:
    purpose = str(consent.get_purpose_display())
    return [
        _("They were given for one purpose: {purpose}.").format(purpose=purpose.lower()),
        _("Pass them to nobody, unless the person agrees to that too."),
        _("The person agreed until {day}, and may withdraw at any time. We then tell you.").format(
            day=_day(consent.expires_on)
        ),
    ]


def _notice(notice: WithdrawalNotice, language: str) -> dict[str, Any]:
    sent = [one for one in notice.consent.disclosures.all() if _went(one, notice)]
    return letter_head(
        language,
        title=_("Consent withdrawn"),
        mark="",
        number=reference_of(notice.pk.hex),
        day=timezone.localdate(),
        office=_office(notice),
        to=notice.recipient,
    ) | {
        "opening": _(
            "A person whose data we sent you has withdrawn the consent. From now on, please use "
            "these data no more, delete what the law does not make you keep, and tell those to "
            "whom you passed them."
        ),
        "rows": [[_number_of(one), _day(timezone.localdate(one.sent_at))] for one in sent],
        "rules_title": "",
        "rules": [],
        "slip_title": _("Answer, to be sent back"),
        "slip": [_("We use these data no more."), _("We must keep a part of them, because:")],
        "signatures": [_("Name and post"), _("Date"), _("Signature")],
    }


def _went(disclosure: Any, notice: WithdrawalNotice) -> bool:
    return bool(disclosure.recipient_id == notice.recipient_id)


def _number_of(disclosure: Any) -> str:
    referral = getattr(disclosure, "referral", None)
    return str((referral or disclosure).reference)


def letter_head(
    language: str, *, title: str, mark: str, number: str, day: date, office: Any, to: Partner
) -> dict[str, Any]:
    """What every letter has."""
    lines = (to.name, to.contact, to.address)
    return {
        "language": language,
        "title": title,
        "mark": mark,
        "number": number,
        "number_label": _("Our number"),
        "day": _day(day),
        "office": [clean(office.agency.name), clean(office.name)],
        "to_label": pgettext("addressee of a letter", "To"),
        "to": [clean(line) for line in lines if line],
        "confidential": _("Confidential"),
        "page": _("Page"),
    }


def _office(row: Any) -> Any:
    return row.case.office


def _consent(consent: Consent | None, language: str) -> dict[str, Any]:
    told = set(consent.told) if consent else set()
    by_proxy = consent is not None and consent.kind == ConsentKind.PROXY
    return {
        "language": language,
        "title": _("Consent to share data"),
        "version": _("Form {version}").format(
            version=consent.form_version if consent else FORM_VERSION
        ),
        "rows": _consent_rows(consent),
        "prompts_title": _("What was gone through with the person"),
        "prompts": [
            {"text": text, "marked": str(code) in told}
            for code, text in zip(ConsentPrompt, prompts(), strict=True)
        ],
        "may_know_title": _("Who may learn what"),
        "may_know": _may_know(consent),
        "kinds": "" if consent else "; ".join(str(kind.label) for kind in DataKind),
        "nobody_else": _("Nobody else learns anything."),
        "statement": statement(by_proxy=by_proxy),
        "withdrawn": _withdrawn(consent),
        "signatures": [
            _("Person, parent or guardian: signature and date"),
            _("Interpreter: signature"),
            _("Worker: name and signature"),
        ],
        "page": _("Page"),
    }


def _consent_rows(consent: Consent | None) -> list[list[str]]:
    """Label and words; empty words are a line to write on."""
    labels = [
        _("Name of the person"), _("For what"), _("Good until"), _("Language"),
        _("Interpreter, if any"), _("Given for the person by, and as what"),
    ]  # fmt: skip
    if consent is None:
        return [[label, ""] for label in labels]
    name = next(iter(consent.person.names.all()), "")
    proxy = ", ".join(filter(None, (consent.given_by, str(consent.get_stands_as_display()))))
    words = [
        str(name), str(consent.get_purpose_display()), _day(consent.expires_on),
        consent.language, consent.interpreter or "–", proxy or "–",
    ]  # fmt: skip
    return [[label, clean(text)] for label, text in zip(labels, words, strict=True)]


def _may_know(consent: Consent | None) -> list[list[str]]:
    if consent is None:
        return [["", ""]] * 3
    named = consent.recipients.select_related("partner")
    return [[clean(one.partner.name), "; ".join(one.kinds)] for one in named]


def _withdrawn(consent: Consent | None) -> str:
    if consent is None or consent.withdrawn_at is None:
        return ""
    day = _day(timezone.localdate(consent.withdrawn_at))
    return _("Withdrawn on {day}.").format(day=day)


def _day(day: date) -> str:
    return str(date_format(day, "j E Y"))


def clean(text: str) -> str:
    """Return a text with a mark in the place of each character that paper cannot show."""
    lines = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(char) in UNSEEN and char not in ("\n", *JOINERS)
        else char
        for char in lines
    )
