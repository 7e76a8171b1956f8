"""An overstay in words: each line of the count, the gaps in the record, figures with small groups left out."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.control.border.choices import AmendmentKind, ExtensionGround, RebuttalGround
from safar.control.border.models import Amendment, StayExtension
from safar.control.border.wording.traveller_file import GAPS, day
from safar.control.stays.choices import ExtensionStatus
from safar.control.stays.models import ExtensionApplication, Overstay
from safar.control.stays.queries.explaining import Explanation
from safar.control.stays.queries.finding import FEWEST
from safar.reference import queries as reference

Row = tuple[str, str]  # label, text


def days(number: int) -> str:
    return ngettext("{n} day", "{n} days", number).format(n=number)


def lines(found: Explanation) -> list[Row]:
    """The count from the entry to the day it is counted to, step by step."""
    row = found.overstay
    first = found.changes[0] if found.changes else None
    told = [
        (
            _("Entered"),
            _("{day} at {post}").format(day=day(row.entered_on), post=_post(row.post_id)),
        ),
        (_("First permitted until"), _first(found, first)),
        *(_change(one) for one in found.changes),
        (_("Permitted until"), day(row.until)),
    ]
    for excuse in found.excuses:
        ground = RebuttalGround(excuse.ground).label
        until = day(excuse.until) if excuse.until else _("no day of it is held against her")
        told.append((_("What she said was accepted"), f"{ground}: {until}"))
    told += [_application(one) for one in found.applications]
    told += [_before(one) for one in found.before]
    told.append((_("Over since"), day(row.since)))
    counted = _("{days}, from {since} to {day}").format(
        days=days(found.days_over), since=day(row.since), day=day(found.day)
    )
    nothing = _("No day over.")
    told.append((_("Days over"), counted if found.days_over else nothing))
    told.append((_("Days here"), days(found.days_here)))
    told.append((_("As it stands"), row.get_closed_because_display() or _("No exit is on record")))
    if row.left_on:
        told.append((_("Left on"), day(row.left_on)))
    return told


def _first(found: Explanation, change: StayExtension | Amendment | None) -> str:
    """The day that the decision at the border set, and by what."""
    until = found.entry.permitted_until
    if until is None:
        return _("No day was set at the border.")
    basis = {
        "rule": _("by rule {rule} of the visa manual").format(rule=found.rule),
        "visa": _("by the visa that was shown"),
        "officer": _("by the decision of the officer at the border"),
    }
    return f"{day(until)}, {basis[found.basis]}"


def _change(one: StayExtension | Amendment) -> Row:
    if isinstance(one, StayExtension):
        text = _("from {before} to {until}: {ground}")
        ground = str(ExtensionGround(one.ground).label)
        said = text.format(before=day(one.permitted_before), until=day(one.until), ground=ground)
        return _("Extended"), said
    before, until = (
        day(date.fromisoformat(value)) if value else _("no day")
        for value in one.changes["permitted_until"]
    )
    label = _("Corrected") if one.kind == AmendmentKind.CORRECT else str(one.get_kind_display())
    return label, _("from {before} to {until}").format(before=before, until=until)


def _application(one: ExtensionApplication) -> Row:
    """What she asked for, from when until when it waited, and what that means for the count."""
    ended = timezone.localdate(one.ended_at) if one.ended_at else None
    if not one.in_time:
        text = _("On {asked}, after the last day: the days counted while it waited.")
    elif ended is None:
        text = _("On {asked}, in time. It waits, and no overstay is counted meanwhile.")
    elif one.status == ExtensionStatus.GRANTED:
        text = _("On {asked}, in time. It waited from {asked} to {ended}.")
    else:
        text = _(
            "On {asked}, in time. It waited from {asked} to {ended}, and no overstay was counted "
            "meanwhile. Since it was not granted, the days count from the one after the last "
            "permitted day."
        )
    said = text.format(asked=day(one.asked_on), ended=day(ended) if ended else "")
    return _("Asked to stay longer"), f"{said} {one.get_status_display()}."


def _before(one: Overstay) -> Row:
    """The same stay on the list earlier: what ended it then holds no longer."""
    text = _("from {found} to {closed}: {why}. This holds no longer.")
    closed = timezone.localdate(one.closed_at) if one.closed_at else one.since
    why = one.get_closed_because_display()
    found = timezone.localdate(one.found_at)
    return _("On the list before"), text.format(found=day(found), closed=day(closed), why=why)


def gaps(found: Explanation) -> list[str]:
    """What may be missing from the record, said plainly: none of it is proof of anything."""
    told = recorded_gaps(found)
    told += [
        _(
            "Somebody with the same name and date of birth left on {day} at {post} under another "
            "document. It may be she."
        ).format(day=day(one.on), post=_post(one.post))
        for one in found.alike
    ]
    if found.overstay.left_on is None:
        told.append(
            _("She may have left unseen, where the border is open or a post could not record.")
        )
        told.append(_("She may have left under another document that nobody has joined to this."))
    return told


def recorded_gaps(found: Explanation) -> list[str]:
    """Entries without their exit and exits without their entry, as the record has them."""
    return [
        str(GAPS[gap.code]).format(**{name: day(value) for name, value in gap.params.items()})
        for gap in found.gaps
    ]


def months(found: Explanation) -> list[tuple[str, int, int]]:
    """Month, days of stay within the permitted time, days over: for who reads no picture."""
    counted: Counter[tuple[int, int]] = Counter()
    over: Counter[tuple[int, int]] = Counter()
    for one in found.days:
        month = (one.on.year, one.on.month)
        counted[month] += one.counted and not one.over
        over[month] += one.over
    return [
        (f"{str(MONTHS[month]).capitalize()} {year}", counted[year, month], over[year, month])
        for year, month in sorted(counted)
    ]


def tables(found: Mapping[tuple[str, str, int], int]) -> list[dict[str, Any]]:
    """Three tables of figures, with groups that are too small left out."""
    bands = {
        1: _("1 to 7 days"),
        2: _("8 to 30 days"),
        3: _("31 to 90 days"),
        4: _("More than 90 days"),
    }
    by: list[Counter[Any]] = [Counter(), Counter(), Counter()]
    for (citizenship, post, band), number in found.items():
        for counter, key in zip(by, (citizenship, post, band), strict=True):
            counter[key] += number
    names: list[Any] = [reference.country_name, _post, bands.__getitem__]
    titles = [_("By citizenship"), _("By post of entry"), _("By days over")]
    return [
        {"key": f"t{at}", "title": title, "rows": _rows(counter, name)}
        for at, (title, counter, name) in enumerate(zip(titles, by, names, strict=True))
    ]


def masked(number: int) -> str:
    """A figure, or that it is too small to be told: zero is told."""
    return f"<{FEWEST}" if 0 < number < FEWEST else str(number)


def _rows(counter: Counter[Any], name: Any) -> list[Row]:
    """The greatest first; where one group alone would be hidden, the next one is too."""
    ordered = sorted(counter.items(), key=lambda pair: (-pair[1], str(pair[0])))
    hidden = sum(1 for _key, number in ordered if number < FEWEST)
    alone = hidden == 1
    last_told = len(ordered) - hidden - 1
    return [
        (str(name(key)), "…" if alone and at == last_told else masked(number))
        for at, (key, number) in enumerate(ordered)
    ]


def _post(code: str) -> str:
    found = reference.post(code)
    return str(found.name) if found else code
