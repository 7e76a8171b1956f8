"""Which of a scheme's steps does a member need, by her age and her place in the family?"""

from datetime import date

from safar.assistance.movements.rules.ages import age_on
from safar.lib.partial_dates import PartialDate

APPLICANT, AGE = "applicant", "age"


def why_not_needed(
    birth: PartialDate | None,
    day: date,
    *,
    from_age: int,
    for_applicant_only: bool,
    is_applicant: bool,
) -> str:
    """Why a member does not need a step: for the applicant alone, or too young; "" if she does.

    Where the birth is known in part she is as old as she may be; unknown, she needs it.
    """
    if for_applicant_only and not is_applicant:
        return APPLICANT
    age = age_on(birth, day)
    return AGE if age is not None and age < from_age else ""
