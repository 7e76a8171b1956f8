"""How a movement stands, in one sentence above its page: not ready and why, ready, booked, gone."""

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.assistance.cases.due import Banner
from safar.assistance.cases.models import Case
from safar.assistance.movements.choices import Fitness, JourneyStatus, StepKind
from safar.assistance.movements.models import MovementFile
from safar.assistance.movements.queries.family import Family, family_of
from safar.assistance.movements.queries.matrix import checks_now, too_early
from safar.assistance.movements.queries.seats import name_of
from safar.assistance.movements.rules.readiness import FITNESS, Blocker, Expiry
from safar.core.permissions import Actor
from safar.reference import queries as reference

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STOPPED = frozenset({"refused", "not_fit", "held"})
Said = tuple[str, "StrOrPromise", "StrOrPromise"]


def banner(actor: Actor, case: Case) -> Banner | None:
    """What holds the family, or that nothing does; on the right its flight."""
    if case.closed_on:
        return None
    files = MovementFile.objects.visible_to(actor).select_related("case", "scheme")
    file = files.filter(case=case).first()
    return stands(family_of(actor, file)) if file else None


def stands(family: Family) -> Banner | None:
    """The same for a family that was read already."""
    status = family.file.case.status
    if family.file.case.closed_on:
        return None
    if status == "referred":
        tone, title, text = _referred(family)
    elif status == "aside":
        tone, title, text = "hold", _("Put aside"), _("Nothing goes on until it is taken up.")
    elif status == "departed":
        tone, title, text = "clear", _("On the way"), _lands(family)
    else:
        tone, title, text = _prepared(family)
    return Banner(tone, title, text, facts(family))


def _referred(family: Family) -> Said:
    waiting = sum(
        step.kind == StepKind.INTERVIEW and step.status not in ("done", "not_needed")
        for steps in family.steps.values()
        for step in steps
    )
    if waiting:
        words = ngettext(
            "%(n)s interview is to be held", "%(n)s interviews are to be held", waiting
        )
        return "info", _("Referred"), f"{words % {'n': waiting}}."
    return "info", _("Referred"), _("The receiving state has not answered yet.")


def _prepared(family: Family) -> Said:
    found = family.readiness
    if not family.members:
        return "check", _("Nobody travels"), _("Everybody has left the case.")
    if found.ready:
        return _ready(family, found.earliest)
    if not checks_now(family) and all(one.kind == StepKind.PREFLIGHT for one in found.blockers):
        tone, title, text = _ready(family, found.earliest)
        last = _("Only the check before the flight is left.")
        return tone, title, " ".join(filter(None, (last, str(text))))
    return "check", _("Not ready to depart"), " ".join(_missing(family, found.blockers))


def _ready(family: Family, earliest: Expiry | None) -> Said:
    if earliest is None:
        held = ""
    else:
        words = {
            "what": name_of(earliest.kind),
            "who": family.name_of(earliest.member),
            "day": date_format(earliest.day, "j E Y"),
        }
        held = _("First to run out: %(what)s of %(who)s, on %(day)s.") % words
    if family.journey is None:
        return "clear", _("Ready to depart"), " ".join((_("Nothing is booked yet."), held)).strip()
    ticketed = family.journey.status != JourneyStatus.HELD
    booked = _("Ticketed, and ready to depart") if ticketed else _("Booked, and ready to depart")
    return "clear", booked, held


def _missing(family: Family, blockers: tuple[Blocker, ...]) -> list[str]:
    """What weighs most in full, and how many steps of how many people are missing."""
    heavy = _said_once([one for one in blockers if one.reason in STOPPED | {"expired"}])
    later = frozenset() if checks_now(family) else frozenset({StepKind.PREFLIGHT})
    steps = [one for one in blockers if one.kind not in {FITNESS, *later} and one not in heavy]
    said = [_of_one(family, one) for one in heavy[:2]]
    if steps:
        said.insert(0, _counted(len(steps), len({one.member for one in steps})))
    medical = {one.member for one in blockers if one.kind == StepKind.MEDICAL}
    unseen = {
        one.member for one in blockers if one.kind == FITNESS and one.reason == "not_seen"
    } - medical
    if unseen:
        names = ", ".join(sorted(family.name_of(key) for key in unseen))
        said.append(_("No health worker has said yet that these may fly: %(names)s.")
                    % {"names": names})  # fmt: skip
    return said


def _said_once(heavy: list[Blocker]) -> list[Blocker]:
    """Fitness that ends with the medical is not said again beside it."""
    over = {one.member for one in heavy if one.kind == StepKind.MEDICAL and one.reason == "expired"}
    return [
        one
        for one in heavy
        if one.kind != FITNESS or one.reason != "expired" or one.member not in over
    ]


def _counted(steps: int, people: int) -> str:
    missing = ngettext("%(n)s step is missing", "%(n)s steps are missing", steps) % {"n": steps}
    of = ngettext("of %(n)s person", "of %(n)s people", people) % {"n": people}
    return f"{missing}, {of}."


def _of_one(family: Family, one: Blocker) -> str:
    words = {"who": family.name_of(one.member), "what": name_of(one.kind)}
    if one.reason == "expired" and one.ended_on:
        words["day"] = date_format(one.ended_on, "j E")
        if family.leaves is None:
            return _("%(what)s of %(who)s ran out on %(day)s.") % words
        words["early"] = too_early(one.days)
        return _("%(what)s of %(who)s runs out on %(day)s, %(early)s.") % words
    if one.kind == FITNESS:
        words["how"] = str(Fitness(one.reason).label)
        return _("%(who)s may not fly: %(how)s.") % words
    return _("%(what)s of %(who)s was refused.") % words


def facts(family: Family) -> "tuple[StrOrPromise, ...]":
    """The day of the flight, its way, in how many days; where none is booked, where they go."""
    if not family.legs or family.leaves is None or family.journey is None:
        return (_("to %(state)s") % {"state": reference.country_name(family.file.destination)},)
    places = [family.legs[0].from_place, *(leg.to_place for leg in family.legs)]
    days = (family.leaves - family.today).days
    if days > 0:
        when = ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}
    else:
        when = _("today") if days == 0 else ""
    held = family.journey.held_until
    until = _("tickets held to %(day)s") % {"day": date_format(held, "j M")} if held else ""
    if family.journey.status != JourneyStatus.HELD:
        until = str(family.journey.get_status_display()).lower()
    rest = " · ".join(filter(None, (when, until)))
    return (date_format(family.leaves, "D j E"), ", ".join(places), rest)


def _lands(family: Family) -> str:
    if not family.legs:
        return ""
    last = family.legs[-1]
    words = {"flight": last.flight, "place": last.to_place}
    return _("%(flight)s lands at %(place)s.") % words
