"""What does an e-mail to an applicant say? That there is news: neither what it is, nor who she is."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _


def news(number: str, move: str, language: str) -> tuple[str, str]:
    """Subject and text about an application, in a language. All but the first are the same."""
    with translation.override(language):
        subject = _("Application {number}").format(number=number)
        first = (
            _("Application {number} was received. Keep this reference.")
            if move == "submit"
            else _("There is news about application {number}.")
        ).format(number=number)
        where = (
            _("Open the status page: {address}").format(address=_address())
            if settings.SAFAR_PUBLIC_URL
            else _("Open the status page where you applied.")
        )
        lines = [
            first,
            where,
            _("You need the reference and your date of birth."),
            _("Nobody asks you by e-mail for money, a password or your passport."),
        ]
    return subject, "\n\n".join(lines) + "\n"


def _address() -> str:
    return settings.SAFAR_PUBLIC_URL.rstrip("/") + reverse("visas:status")
