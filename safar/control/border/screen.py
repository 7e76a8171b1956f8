"""An inspection as the booth and the second line show it: verdict, checks, zone, person."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safar.control.border.choices import Direction, Verdict
from safar.control.border.models import Inspection, Referral, SignOn
from safar.control.border.queries.visa_shown import photo_on_visa
from safar.control.border.visa_list import age_of_visa_list
from safar.control.border.wording.findings import Told, day, tell
from safar.control.travellers.choices import Sex
from safar.control.travellers.read_document import ReadDocument
from safar.control.watchlist import queries as watchlist
from safar.control.watchlist.choices import Instruction
from safar.control.watchlist.rules import Reason
from safar.core.permissions import Actor
from safar.lib import mrz
from safar.lib.partial_dates import PartialDate
from safar.reference import queries as reference

LISTS_OLD = timedelta(hours=24)


@dataclass(frozen=True)
class Zone:
    """The machine readable zone with its check digits: lines of (text, None | right | wrong)."""

    lines: tuple[tuple[tuple[str, str], ...], ...]
    is_right: bool


@dataclass(frozen=True)
class Likeness:
    """What the first line may see of one list entry: why it matched, what it asks for."""

    instruction: str
    list: str
    owner: str
    ground: str
    contact: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Strip:
    """The status of a booth: always in sight."""

    post: str
    lane: str
    shift: str
    lists: str
    lists_old: bool
    visas: str  # of the list of visas; empty where the register is asked
    visas_old: bool
    day: str
    time: str
    zone: str


@dataclass(frozen=True)
class Screen:
    """Everything on the screen about one inspection, in the language of the page."""

    verdict: str
    word: str
    sentence: str
    document: ReadDocument
    facts: tuple[tuple[str, str, bool], ...]  # label, text, whether it is a code
    told: tuple[Told, ...]
    zone: Zone | None
    repair: tuple[mrz.Change, ...]
    likenesses: tuple[Likeness, ...]
    visa_photo: bool = False  # the register has the photo that was printed on the visa shown

    @property
    def to_do(self) -> list[str]:
        """What to do, heaviest first, each said once."""
        return list(dict.fromkeys(row.to_do for row in self.told if row.to_do))

    @property
    def remarks(self) -> int:
        return sum(row.tone in ("hold", "check") for row in self.told)


def show(inspection: Inspection, *, in_second_line: bool = False) -> Screen:
    reading = mrz.read(inspection.mrz) if inspection.mrz else None
    document = ReadDocument.from_json(inspection.document)
    told = tuple(tell(row, in_second_line=in_second_line) for row in inspection.findings)
    return Screen(
        verdict=inspection.verdict,
        word=str(Verdict(inspection.verdict).label),
        sentence=_sentence(inspection, told),
        document=document,
        facts=_facts(document, inspection),
        told=told,
        zone=_zone(reading) if reading else None,
        repair=reading.repair.changes if reading and reading.repair else (),
        likenesses=tuple(_likeness(row.params) for row in told if "reasons" in row.params),
        visa_photo=inspection.visa is not None and photo_on_visa(inspection) is not None,
    )


def strip(sign_on: SignOn) -> Strip:
    """The strip of the booth that an officer is signed on to."""
    zone = reference.time_zone(sign_on.post_id)
    now = timezone.now().astimezone(zone)
    post = reference.post(sign_on.post_id)
    text, is_old = age_of_lists()
    visas, visas_old = age_of_visa_list(zone)
    return Strip(
        post=post.name if post else sign_on.post_id,
        lane=f"{sign_on.lane} · {Direction(sign_on.direction).label}",
        shift=f"{sign_on.shift.opened_at.astimezone(zone):%H:%M}",
        lists=text,
        lists_old=is_old,
        visas=visas,
        visas_old=visas_old,
        day=date_format(now, "D j M Y"),
        time=f"{now:%H:%M}",
        zone=str(zone),
    )


def desk_strip(actor: Actor, referral: Referral | None) -> Strip:
    """The strip of a desk at a post: the referral's post, or the first where she serves."""
    codes = sorted(actor.post_codes)
    code = referral.inspection.post_id if referral else (codes[0] if codes else "")
    post = reference.post(code)
    now = timezone.now().astimezone(post.zone if post else None)
    text, is_old = age_of_lists()
    visas, visas_old = age_of_visa_list(post.zone if post else None)
    return Strip(
        post=post.name if post else "–",
        lane=_("Second line"),
        shift="",
        lists=text,
        lists_old=is_old,
        visas=visas,
        visas_old=visas_old,
        day=date_format(now, "D j M Y"),
        time=f"{now:%H:%M}",
        zone=str(post.zone if post else "UTC"),
    )


def age_of_lists() -> tuple[str, bool]:
    """How long ago the lists were last compared with their sources, and whether that is long."""
    checked_at = watchlist.age_of_lists()
    if checked_at is None:
        return _("none loaded"), True
    age = timezone.now() - checked_at
    if age < timedelta(hours=1):
        text = _("{minutes} min old").format(minutes=int(age.total_seconds() // 60))
    elif age < timedelta(days=2):
        text = _("{hours} h old").format(hours=int(age.total_seconds() // 3600))
    else:
        text = _("{days} days old").format(days=age.days)
    return text, age > LISTS_OLD


def _likeness(params: dict[str, Any]) -> Likeness:
    return Likeness(
        instruction=str(Instruction(params["instruction"]).label),
        list=params["list"],
        owner=params["owner"],
        ground=params["ground"],
        contact=params["contact"],
        reasons=tuple(Reason(row["code"], row["params"]) for row in params["reasons"]),
    )


def _sentence(inspection: Inspection, told: tuple[Told, ...]) -> str:
    if inspection.verdict != Verdict.CLEAR:
        return told[0].sentence
    if inspection.direction == "exit":
        return _("May leave. Compare the faces, then press Enter.")
    if inspection.permitted_until is None:
        return _("May enter. Compare the faces, then press Enter.")
    days = (inspection.permitted_until - _day_of(inspection)).days + 1
    return _(
        "May enter and stay {days} days, until {until}. Compare the faces, then press Enter."
    ).format(days=days, until=day(inspection.permitted_until))


def _day_of(inspection: Inspection) -> date:
    return inspection.inspected_at.astimezone(reference.time_zone(inspection.post_id)).date()


def _facts(document: ReadDocument, inspection: Inspection) -> tuple[tuple[str, str, bool], ...]:
    age = document.age_on(_day_of(inspection))
    years = _("{age} years").format(age=age) if age is not None else ""
    country = f"{reference.country_name(document.nationality)} {document.nationality}"
    rows = [
        (_("Born"), f"{partial(document.birth)} {years}".strip(), False),
        (_("Sex"), str(Sex(document.sex).label), False),
        (_("Citizen of"), country, False),
        (_("Number"), document.number, True),
        (_("Issued by"), reference.country_name(document.issuer), False),
        (_("Valid to"), day(document.expires_on) if document.expires_on else _("Not given"), False),
    ]
    if document.personal_number:
        rows.append((_("Personal no."), document.personal_number, True))
    return tuple(rows)


def partial(value: PartialDate | None) -> str:
    """A date of birth as far as it is known."""
    if value is None:
        return _("Not known")
    if value.is_full:
        return day(value.earliest())
    if value.month is None:
        return str(value.year)
    return date_format(value.earliest(), "F Y")


def _zone(reading: mrz.Reading) -> Zone:
    marks = {(place.line, place.column): place.right for place in reading.check_positions}
    lines = tuple(_pieces(number, line, marks) for number, line in enumerate(reading.lines))
    return Zone(lines, all(marks.values()))


def _pieces(
    number: int, line: str, marks: dict[tuple[int, int], bool]
) -> tuple[tuple[str, str], ...]:
    pieces: list[tuple[str, str]] = []
    start = 0
    for column in sorted(column for row, column in marks if row == number):
        pieces += [
            (line[start:column], ""),
            (line[column], "right" if marks[number, column] else "wrong"),
        ]
        start = column + 1
    return tuple(piece for piece in [*pieces, (line[start:], "")] if piece[0])
