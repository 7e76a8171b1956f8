"""Does the personal number of a Kyrgyz, Kazakh or Uzbek document agree with its other fields?"""

from safar.lib.mrz.draft import Draft
from safar.lib.mrz.personal_numbers import LENGTHS, Holder, holder
from safar.lib.partial_dates import PartialDate

_WORDS = {"F": "female", "M": "male", "": "unspecified"}


def compare_personal_number(draft: Draft, issuer: str) -> None:
    """Compare date of birth and sex; a contradiction is grave, but never unsoundness.

    An empty field says nothing: older documents do not carry the number. A visa's optional data
    is the issuer's own.
    """
    field = draft.fields.get("personal_number")
    number = field.value if field else ""
    if not number:
        return
    said = holder(issuer, number)
    if said is None:
        if number.isdigit() or len(number) == LENGTHS[issuer]:
            draft.find("mrz.personal.shape", "personal_number", issuer=issuer, number=number)
        return
    if not said.check:
        draft.find("mrz.personal.check", "personal_number")
    if draft.birth:
        _compare_birth(draft, said, draft.birth)
    sex = draft.fields["sex"].value
    if sex and sex != said.sex:
        words = {"personal": _WORDS[said.sex], "sex": _WORDS[sex]}
        draft.find("mrz.personal.sex", "personal_number", **words)


def _compare_birth(draft: Draft, said: Holder, birth: PartialDate) -> None:
    if birth.agrees(said.birth):
        return
    if birth.is_full and _other_century(said.birth, birth):
        draft.find("mrz.birth.century", "birth", year=birth.year, other=said.birth.year)
        return
    params = {"personal": str(said.birth), "birth": str(birth)}
    draft.find("mrz.personal.birth", "personal_number", **params)


def _other_century(one: PartialDate, other: PartialDate) -> bool:
    return (
        (one.month, one.day) == (other.month, other.day)
        and one.year != other.year
        and (one.year - other.year) % 100 == 0
    )
