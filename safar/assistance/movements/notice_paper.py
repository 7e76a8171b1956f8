"""A notice as it was sent, on paper and as data, with what changed against the one before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safar.assistance.cases import keys
from safar.assistance.cases.paper import LETTER, clean, letter_head
from safar.assistance.cases.shared_fields import label_of
from safar.assistance.movements.models import BookingNotice
from safar.assistance.movements.queries.notices import taken_back
from safar.assistance.movements.shared import NOTICE
from safar.ui.pdf import printed


@dataclass(frozen=True)
class Line:
    """A field as it was sent; `before` what the version before said, None where it is the same
    or where there was none before."""

    code: str
    words: str
    before: str | None = None

    @property
    def changed(self) -> bool:
        return self.before is not None


def lines_of(notice: BookingNotice) -> list[Line]:
    """What was sent, field by field; a field that was left out since stands there with no words.

    What the version before said is not said again once somebody who stood in it took her consent
    back: the field is marked as changed, and no more.
    """
    now = _content(notice)
    last = (
        BookingNotice.objects.filter(
            journey=notice.journey_id, recipient=notice.recipient_id, number=notice.number - 1
        )
        .select_related("disclosure", "case")
        .first()
    )
    if last is None:
        return [Line(code, words) for code, words in now.items()]
    before = _content(last)
    if taken_back(last):
        before = {code: words if words == now.get(code) else "" for code, words in before.items()}
    gone = [code for code in before if code not in now]
    return [_line(code, now.get(code, ""), before.get(code, "")) for code in [*now, *gone]]


def _line(code: str, words: str, before: str) -> Line:
    same = words == before or code == NOTICE.code
    return Line(code, words, None if same else before)


def _content(notice: BookingNotice) -> dict[str, str]:
    sealed = bytes(notice.disclosure.snapshot)
    return dict(json.loads(keys.of(notice.case).open(notice.disclosure, sealed)))


def letter(notice: BookingNotice, lines: Sequence[Line]) -> bytes:
    """The notice as a letter on A4, in the language that is active."""
    disclosure = notice.disclosure
    head = letter_head(
        (get_language() or "en").partition("-")[0],
        title=_("Advance booking notice"),
        mark=_("Version {number}: {kind}").format(
            number=notice.number, kind=notice.get_kind_display()
        ),
        number=disclosure.reference,
        day=timezone.localdate(disclosure.sent_at),
        office=notice.case.office,
        to=notice.recipient,
    )
    until = date_format(disclosure.consent.expires_on, "j E Y")
    return printed(
        LETTER,
        head
        | {
            "opening": _("These people travel to you, or through your country. They agreed to it "
                         "that you know what stands here."),
            "rows": [row for line in lines for row in _rows(line)],
            "rules_title": _("How to use these data"),
            "rules": [
                _("They were given for the journey, and for nothing else."),
                _("The person agreed until {day}, and may withdraw at any time.").format(day=until),
            ],
            "slip_title": _("Answer, to be sent back"),
            "slip": [_("Read"), _("We meet them"), _("We ask about:")],
            "signatures": [_("Name and post"), _("Date"), _("Signature")],
        },
    )  # fmt: skip


def _rows(line: Line) -> list[list[str]]:
    label = label_of(line.code)
    if not line.changed:
        return [[label, clean(line.words)]]
    now = [_("Changed: {field}").format(field=label), clean(line.words) or "–"]
    return [now, [_("before"), clean(line.before or "") or "–"]]


def as_data(notice: BookingNotice, lines: Sequence[Line]) -> bytes:
    """The same as JSON: `{number, kind, revision, sent_at, sha256, fields, changed}`."""
    found = {
        "number": notice.number,
        "kind": notice.kind,
        "revision": notice.revision,
        "sent_at": notice.disclosure.sent_at.isoformat(),
        "sha256": notice.disclosure.snapshot_sha256,
        "fields": {line.code: line.words for line in lines if line.words},
        "changed": {line.code: {"before": line.before} for line in lines if line.changed},
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode()
