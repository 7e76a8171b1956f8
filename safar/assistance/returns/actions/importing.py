"""Keeping the files of returns that were opened from a list of cases: many at once."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.case_list import Imported
from safar.assistance.cases.case_list.cells import country
from safar.assistance.cases.case_words import plain
from safar.assistance.cases.models import Case, Person
from safar.assistance.returns.case_list import (
    ORDERS,
    REFERRED_BEFORE,
    Schemes,
    day_of,
    scheme_of,
    schemes_by_code,
    together,
)
from safar.assistance.returns.models import ReturnFile
from safar.assistance.returns.rules import claim_by, is_homeland
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

AT_ONCE: Final = 1000


@action("returns.import_files", policies=(role_suffices,))
def import_files(actor: Actor, imported: Sequence[Imported]) -> None:
    """Keep the file of each return that a list opened, in the action that opens the cases.

    Raises:
        RuleBroken: somebody is known here as no citizen of where she is said to return to, or a
            mission's reference was taken meanwhile. Nothing of the list is written then.
    """
    schemes = schemes_by_code()
    files = [_file(one, schemes) for one in imported]
    _require_homelands(imported, files)
    for file in (unnamed := [file for file in files if not file.case.scheme]):
        file.case.scheme = file.scheme.code
    Case.objects.bulk_update([file.case for file in unnamed], ["scheme"], batch_size=AT_ONCE)
    _require_new_references(actor, files)
    ReturnFile.objects.bulk_create(files, batch_size=AT_ONCE)
    note(returns=len(files))


def _file(one: Imported, schemes: Schemes) -> ReturnFile:
    said = together(texts for _member, texts in one.members)
    scheme = scheme_of(said.get("scheme_code") or one.case.scheme, one.case.opened_on, schemes)
    if scheme is None:
        raise RuleBroken(_("A scheme of the list is not known any more. Hand it in once more."))
    day = day_of(said.get("arrived_on", ""))
    return ReturnFile(
        case=one.case,
        sending=scheme.sending,
        mission_reference=said.get("reference", ""),
        scheme=scheme,
        homeland=country(said.get("homeland", "")),
        order=ORDERS[plain(said.get("order", ""))],
        arrived_on=day,
        claim_by=claim_by(day, scheme.claim_months) if day else None,
    )


def _require_new_references(actor: Actor, files: Sequence[ReturnFile]) -> None:
    """No reference was taken meanwhile, as far as she sees: of the others a refusal would tell."""
    named = {(file.sending, file.mission_reference) for file in files if file.mission_reference}
    on_record = ReturnFile.objects.visible_to(actor).filter(
        mission_reference__in={reference for _state, reference in named}
    )
    if named & set(on_record.values_list("sending", "mission_reference")):
        raise RuleBroken(REFERRED_BEFORE)


def _require_homelands(imported: Sequence[Imported], files: Sequence[ReturnFile]) -> None:
    """Nobody is returned but home: also where the list found somebody who was known here."""
    first = {one.case.pk: one.members[0][0].person_id for one in imported}
    people = Person.objects.in_bulk(list(first.values()))
    for file in files:
        if not is_homeland(file.homeland, people[first[file.case_id]].citizenships):
            raise RuleBroken(
                _("%(state)s is not the own country of the applicant of %(case)s.")
                % {"state": file.homeland, "case": file.case.number}
            )
