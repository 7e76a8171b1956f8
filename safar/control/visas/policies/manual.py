"""Who may agree to a line of the visa manual? Never whoever proposed it."""

from django.utils.translation import gettext as _

from safar.control.visas.models.manual import EntryRule, RuleEnding
from safar.core.permissions import Actor


def not_own_proposal(actor: Actor, target: EntryRule | RuleEnding) -> str | None:
    """Two people: whoever proposed does not agree as well."""
    if actor.user_id == target.proposed_by_id:
        return _("You proposed this: somebody else agrees to it.")
    return None


def still_open(_actor: Actor, target: EntryRule | RuleEnding) -> str | None:
    return None if target.is_open else _("This was decided already.")
