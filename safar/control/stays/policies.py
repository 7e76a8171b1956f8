"""Who may do what to which stay: each returns the reason why not, or None."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.control.stays.models import (
    ExtensionApplication,
    Rebuttal,
    Registration,
    RegistrationRule,
)
from safar.core.permissions import Actor


def in_sight(actor: Actor, target: Any) -> Any:
    """Only stays that began at a post which she sees."""
    code = target.overstay.post_id if isinstance(target, Rebuttal) else target.post_id
    return None if actor.sees_post(code) else _("This stay began at a post that is not yours.")


def not_preparer(actor: Actor, target: ExtensionApplication) -> Any:
    """Who recorded the application does not decide on it."""
    if target.prepared_by_id == actor.user_id:
        return _("You prepared this. A second person decides on it.")
    return None


def not_recorder(actor: Actor, target: Rebuttal) -> Any:
    """Who wrote down what the traveller said does not decide on it."""
    if target.recorded_by_id == actor.user_id:
        return _("You recorded this. A second person decides on it.")
    return None


def not_registrar(actor: Actor, target: Registration) -> Any:
    """Who registered an address does not strike it out."""
    if target.registered_by_id == actor.user_id:
        return _("You registered this. Another person strikes it out.")
    return None


def not_proposer(actor: Actor, target: RegistrationRule) -> Any:
    """Whoever proposed the rule does not agree to it as well."""
    if target.proposed_by_id == actor.user_id:
        return _("You proposed this: somebody else agrees to it.")
    return None


def still_open(_actor: Actor, target: RegistrationRule) -> Any:
    return None if target.is_open else _("This was decided already.")
