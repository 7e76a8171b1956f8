"""What the database refuses about money and signatures, in words for the person who tried."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from safar.core.errors import RuleBroken

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Constraint (migration 0004_money, or of the table): the field on a form, and what to say.
WORDS: Final[dict[str, tuple[str, "StrOrPromise"]]] = {
    "payment_within_grant": ("amount", _("The grant has not that much left.")),
    "payment_within_quote": (
        "amount",
        _("This is more than the chosen quote, or goes to another vendor."),
    ),
    "payment_of_a_live_purchase": ("", _("The purchase was given up: nothing is paid for it.")),
    "payment_of_an_open_case": ("", _("The case is closed: nothing more is signed or paid.")),
    "payment_of_an_open_grant": ("", _("The grant is closed.")),
    "grant_within_line": ("ceiling", _("The budget line has not that much left.")),
    "grant_not_below_payments": ("ceiling", _("More than that is planned or paid already.")),
    "grant_in_the_currency_of_its_project": ("line", _("The project has another currency.")),
    "grant_stays_closed": ("", _("The grant is closed.")),
    "line_not_below_committed": ("amount", _("More than that is granted from this line already.")),
    "project_keeps_its_currency": (
        "currency",
        _("Grants were made from this project. Its currency stays."),
    ),
    "approval_one_person_acts_once": (
        "",
        _("You have acted on this already. Another person signs."),
    ),
    "budget_line_once": ("code", _("The project has a line of this code.")),
    "quote_one_of_a_vendor": ("vendor", _("This vendor's quote is there already.")),
    "vendor_once": ("tax_number", _("A vendor of this tax number is there already.")),
}


@contextmanager
def in_words() -> Iterator[None]:
    """Say a refusal of the database in words.

    Raises:
        RuleBroken: the database refused by one of the rules above.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis: Any = getattr(error.__cause__, "diag", None)
        rule = str(getattr(diagnosis, "constraint_name", ""))
        if rule not in WORDS:
            raise
        field, words = WORDS[rule]
        raise RuleBroken(words, field=field or None, rule=rule) from error
