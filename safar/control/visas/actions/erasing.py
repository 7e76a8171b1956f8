"""Writes of the night: what is past its time loses all that says who somebody was.

Of an application stay figures: kind, office, how it ended and when, grounds, terms, fees, and her sex,
citizenship and year of birth. Papers, interviews, looks at the lists and mails are deleted. Of a visa
stays the number of its blank.
"""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.visas.models import (
    Application,
    ApplicationMove,
    Fee,
    Interview,
    Paper,
    Screening,
    ScreeningMatch,
    StatusMail,
    UseGivenBack,
    Visa,
    VisaEnding,
    VisaUse,
)
from safar.control.visas.models.applications import NOBODY
from safar.control.visas.queries.over_time import lone_uses_over, over_time, visas_over
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove
from safar.core.permissions import Actor
from safar.lib.partial_dates import PartialDate

GONE = "–"  # where the database asks for words


@action("visas.erase_application", policies=(role_suffices,))
def erase_application(actor: Actor, application: Application) -> Application:
    """Erased what an application said of a person, because its time is over

    The database's own guard counts the same time, and lets nothing go before.

    Raises:
        InvalidMove: its time is not over, or it was erased already.
    """
    if not over_time().filter(pk=application.pk).exists():
        raise InvalidMove(_("This application is not past its time, or it was erased already."))
    for name, value in NOBODY.items():
        setattr(application, name, value)
    if application.birth:
        application.birth = PartialDate(application.birth.year)
    application.erased_at = timezone.now()
    application.save()
    note(papers=_delete(application), kind=application.kind_id)
    return application


@action("visas.erase_visa", policies=(role_suffices,))
def erase_visa(actor: Actor, visa: Visa) -> None:
    """Deleted a visa with its uses and its ending, because its time is over

    The database's own guard counts the same time, and lets nothing go before.

    Raises:
        InvalidMove: its time is not over.
    """
    if not visas_over().filter(pk=visa.pk).exists():
        raise InvalidMove(_("This visa is not past its time."))
    note(uses=_delete_uses(VisaUse.objects.filter(visa=visa)))
    VisaEnding.objects.filter(visa=visa).delete()
    visa.delete()


@action("visas.erase_uses", policies=(role_suffices,))
def erase_uses(actor: Actor, target: None) -> int:
    """Deleted uses of visas that a post knew by its list alone, because their time is over"""
    uses = _delete_uses(lone_uses_over())
    note(uses=uses)
    return uses


def _delete_uses(uses: QuerySet[VisaUse]) -> int:
    """Delete uses and givings back from their ends: each follows the one before."""
    keys = list(uses.values_list("pk", flat=True))
    mine = VisaUse.objects.filter(pk__in=keys)
    while mine.exists():
        mine.filter(given_back=None).delete()
        UseGivenBack.objects.filter(use__in=mine, used_again=None).delete()
    return len(keys)


def _delete(application: Application) -> int:
    """Delete what belongs to it, once it is marked as erased; return how many papers there were."""
    papers, _by_model = Paper.objects.filter(application=application).delete()
    StatusMail.objects.filter(application=application).delete()
    ScreeningMatch.objects.filter(application=application).delete()
    Screening.objects.filter(application=application).delete()
    Interview.objects.filter(application=application).delete()
    ApplicationMove.objects.filter(application=application).exclude(note="").update(note="")
    Fee.objects.filter(application=application).exclude(reason="").update(reason=GONE)
    return papers
