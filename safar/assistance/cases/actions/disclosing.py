"""Disclosing: the one way by which anything about a person leaves for a partner."""

import hashlib
import json
from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import consenting, keys, shared_fields
from safar.assistance.cases.models import Consent, Disclosure, Partner, Person
from safar.assistance.cases.policies import in_sight, part_in_sight
from safar.core.action import action, note
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.permissions import Actor


@action("cases.disclose", policies=(in_sight, part_in_sight))
def disclose(
    actor: Actor,
    consent: Consent,
    *,
    about: Person,
    recipient: Partner,
    purpose: str,
    content: Mapping[str, str],
    channel: str,
) -> Disclosure:
    """Put on record that something about a person leaves, to whom and on which consent.

    Args:
        about: the person of whom the content speaks.
        content: code of each field (`journey.flight`, made known in `shared_fields`) and its
            words, exactly as they are sent.

    Raises:
        NotAllowed: the consent is another person's, or is not live for this partner, purpose or one of the fields, or
            no agreement with the partner is in force. Then nothing may be sent.
        RuleBroken: there is nothing to send, or a field that nobody made known.
    """
    if not content:
        raise RuleBroken(_("There is nothing to send."), field="shares")
    shared_fields.known(content)
    if consent.person_id != about.pk:
        raise NotAllowed(_("Another person gave this consent. It is hers alone."), policy="about")
    today = timezone.localdate()
    why_not = consenting.why_not_sent(consent, recipient, purpose, content, today)
    if why_not is not None:
        raise NotAllowed(why_not, policy="consenting")
    words = written(content)
    made = Disclosure(
        case=consent.case,
        compartment=consent.compartment,
        consent=consent,
        recipient=recipient,
        purpose=purpose,
        fields=sorted(content),
        snapshot_sha256=fingerprint(content),
        channel=channel,
        sent_at=timezone.now(),
        sent_by_id=actor.person_id,
    )
    made.snapshot = keys.of(consent.case).seal(made, words)
    made.save()
    note(recipient=str(recipient.pk), consent=str(consent.pk), fields=made.fields)
    return made


def written(content: Mapping[str, str]) -> bytes:
    """What is sent as bytes: a JSON list of code and words, in the order of the letter."""
    return json.dumps(list(content.items()), ensure_ascii=False, separators=(",", ":")).encode()


def fingerprint(content: Mapping[str, str]) -> str:
    """The SHA-256 of what is sent, in hexadecimal: what was seen is what leaves."""
    return hashlib.sha256(written(content)).hexdigest()
