"""The consent form: what a person reads or hears before she agrees. Its text has a version."""

from typing import Final

from django.utils.translation import gettext as _

# Changed with every change of the words; old consents keep the version that was read to them.
FORM_VERSION: Final = "2026-11"


def prompts() -> list[str]:
    """What the person is told, one sentence for each prompt and in their order (HTCDS 2.0)."""
    return [
        _("We ask for your data for the purpose written above, and for no other."),
        _("Today only those named here use them, each only what is written beside its name."),
        _("If another body could use them later to help you, we ask you again before."),
        _("For research they are used without your name only, so that nobody can know you."),
        _("You may ask to see your data, to have a copy, and to have mistakes corrected."),
        _("We keep your data as long as the rules of the programme say, and then erase them."),
        _("You may say no, or withdraw later, by telling us in any way. You lose no help by it."),
    ]


def statement(*, by_proxy: bool) -> str:
    """What is signed."""
    if by_proxy:
        return _(
            "I was told all this in a language that I understand. I agree for the person named "
            "above, whom I have the right to speak for, and in that person’s interest."
        )
    return _(
        "I was told all this in a language that I understand, I could ask what I wanted, and I "
        "agree of my own will."
    )
