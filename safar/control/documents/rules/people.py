"""Does the personal number tell of the holder, and is the zone's name a spelling of her own?"""

from collections.abc import Iterator, Sequence

from safar.control.documents.rules.catalogue import Remark
from safar.control.documents.rules.series import Series
from safar.control.travellers.read_document import ReadDocument
from safar.lib.mrz.personal_numbers import holder
from safar.lib.names import is_spelling
from safar.lib.names.letters import SEPARATORS


def system_of(document: ReadDocument, known: Sequence[Series]) -> str:
    """Whose system a document's personal number follows, by the table of what its state issues.

    `known`: the state's series of this kind. Where the table does not say, or says several things,
    the issuer's own; `other` where it says that the number tells nothing.
    """
    fitting = [one for one in known if one.numbers(document.number)] or known
    told = {one.personal_number for one in fitting if one.personal_number}
    return told.pop() if len(told) == 1 else document.issuer


def of_personal_number(document: ReadDocument, known: Sequence[Series]) -> Iterator[Remark]:
    """Compare a typed personal number with birth and sex; a zone is compared by `safar.lib.mrz`."""
    said = holder(system_of(document, known), document.personal_number)
    if said is None:
        return
    if not said.check:
        yield Remark("document.personal_check", {"number": document.personal_number})
    if document.birth and not document.birth.agrees(said.birth):
        params = {"personal": str(said.birth), "birth": str(document.birth)}
        yield Remark("document.personal_birth", params)
    if document.sex and document.sex != said.sex:
        yield Remark("document.personal_sex", {"personal": said.sex, "sex": document.sex})


def of_spelling(document: ReadDocument, *, cut: bool) -> Iterator[Remark]:
    """Say where the zone's name is no spelling of the name as its holder writes it.

    `cut`: the zone's name fills its field, and may end in the middle of a word.
    """
    zone, written = document.name, document.name_written
    if zone and written and agree(zone, written, cut=cut) is False:
        yield Remark("document.name_spelling", {"zone": zone, "written": written})


def agree(zone: str, written: str, *, cut: bool = False) -> bool | None:
    """Whether every word of a zone's name is a spelling of a word of the written name.

    The written name may have more: a zone leaves out patronymics, and what it has no room for.
    A word that the zone parts or joins otherwise is looked for in the whole.

    Returns:
        None where the written name is in a script that cannot be compared.
    """
    if is_spelling(zone, written, cut=True) is None:
        return None
    if is_spelling(zone, written, cut=cut):
        return True
    left = [word for word in SEPARATORS.split(written) if word]
    words = [word for word in SEPARATORS.split(zone) if word]
    for word in words:  # a long surname is cut before the given names: any word may be cut
        found = next((own for own in left if is_spelling(word, own, cut=cut)), None)
        if found is None:
            return False
        left.remove(found)
    return True
