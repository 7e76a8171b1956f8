"""A programme seals words of its own with the case's key: the key is made when it is first needed."""

from safar.assistance.cases import keys
from safar.assistance.cases.keys import CaseCipher
from safar.assistance.cases.models import Case
from safar.assistance.cases.policies import in_sight, still_open
from safar.core.action import action
from safar.core.permissions import Actor


@action("cases.seal", policies=(in_sight, still_open))
def cipher_of(actor: Actor, case: Case) -> CaseCipher:
    """Give a programme's action the cipher of a case, to seal a row of its own with.

    Raises:
        RuleBroken: the case was erased.
    """
    return keys.of(case)
