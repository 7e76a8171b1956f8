"""The shape of what is typed about referrals: drafts, answers, and those that come to us."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Office
from safar.assistance.cases import consenting, programmes
from safar.assistance.cases.actions.receiving import Arrival
from safar.assistance.cases.actions.referring import Answer, ReferralDraft
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.choices.sharing import Channel, LetterLanguage, ReferralStatus
from safar.assistance.cases.models import Case, Consent, Partner, Placement, Referral
from safar.assistance.cases.shared_fields import OFFERED
from safar.assistance.cases.workflow import ANSWERS, REFERRAL
from safar.core.permissions import Actor
from safar.ui.forms import DateField, PartialDateField

USUAL_WAIT = timedelta(days=14)
WORDS = forms.Textarea(attrs={"rows": 3})
TOLD = {
    "receive": _("They have it"),
    "accept": _("They accept"),
    "decline": _("They decline"),
    "begin": _("They have begun"),
    "complete": _("They have completed it"),
    "not_complete": _("They could not complete it"),
}


class DraftForm(forms.Form):
    """What is asked of a partner, and which of the agreed fields go with it."""

    asks = forms.CharField(label=_("What is asked for"), max_length=300)
    shares = forms.MultipleChoiceField(
        label=_("What leaves"),
        help_text=_("Only what the person agreed to is listed. Choose what they need, no more."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    needs = forms.CharField(label=_("Needs"), widget=WORDS, max_length=2000, required=False)
    done_so_far = forms.CharField(
        label=_("Help given so far"), widget=WORDS, max_length=2000, required=False
    )
    sensitive = forms.CharField(
        label=_("Health, or what happened"), widget=WORDS, max_length=4000, required=False
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LetterLanguage.choices)
    due_on = DateField(label=_("Answer due"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, consent: Consent, partner: Partner, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"due_on": timezone.localdate() + USUAL_WAIT})
        super().__init__(*args, **kwargs)
        named = consenting.named(consent, partner)
        covered = set(named.may_know) if named else set()
        shares: Any = self.fields["shares"]
        shares.choices = [(one.code, one.label) for one in OFFERED if one.kind in covered]
        for name, kinds in _ABOUT.items():
            if not covered & kinds:
                del self.fields[name]

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return due_on

    def draft(self) -> ReferralDraft:
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return ReferralDraft(**given)


_ABOUT: dict[str, set[str]] = {
    "needs": {"needs"},
    "done_so_far": {"assistance"},
    "sensitive": set(map(str, consenting.SENSITIVE)),
}


def initial_of(referral: Referral) -> dict[str, Any]:
    """What the form of a draft is filled with."""
    names = ("asks", "shares", "needs", "done_so_far", "sensitive", "language", "due_on", "version")
    return {name: getattr(referral, name) for name in names}


class SendForm(forms.Form):
    """`seen` is the fingerprint of what is on the page: nothing else leaves."""

    channel = forms.ChoiceField(label=_("How it is sent"), choices=Channel.choices)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class AnswerForm(forms.Form):
    """What the partner told us; also by telephone or on a slip of paper."""

    move = forms.ChoiceField(label=_("What they told us"), widget=forms.RadioSelect)
    told_by = forms.CharField(label=_("Who told us"), max_length=120)
    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices)
    told_on = DateField(label=_("When"))
    words = forms.CharField(
        label=_("In words"),
        help_text=_("Needed for an outcome, and where they decline."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=600,
        required=False,
    )

    def __init__(self, referral: Referral, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"told_on": timezone.localdate(), "channel": Channel.PHONE})
        super().__init__(*args, **kwargs)
        moves: Any = self.fields["move"]
        moves.choices = _offered(referral.status)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("move") in ("decline", "complete", "not_complete") and not given.get("words"):
            self.add_error("words", _("Say in words what the partner did, or why not."))
        return given

    def answer(self) -> Answer:
        return Answer(**self.cleaned_data)


def _offered(status: str) -> list[tuple[str, Any]]:
    return [(move, TOLD[move]) for move in ANSWERS if REFERRAL.allows(status, move)]


class ListForm(forms.Form):
    """Which referrals are shown."""

    mark_optional = False
    status = forms.ChoiceField(label=_("State"), required=False)
    whose = forms.ChoiceField(
        label=_("Whose"),
        choices=[("", _("Of my cases")), ("all", _("All that I see"))],
        required=False,
    )

    def __init__(self, states: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["status"]
        known = [(one.value, one.label) for one in ReferralStatus if one in set(states)]
        chosen.choices = [("", _("Open")), *known]


class ArrivalForm(forms.Form):
    """A referral as it reached us."""

    partner = forms.ModelChoiceField(label=_("From"), queryset=Partner.objects.none())
    their_reference = forms.CharField(label=_("Their number"), max_length=60, required=False)
    where = forms.ChoiceField(label=_("For"))
    name = forms.CharField(label=_("Name, as the partner writes it"), max_length=160)
    birth = PartialDateField(label=_("Born"), required=False)
    contact = forms.CharField(label=_("How to reach the person"), max_length=160, required=False)
    asks = forms.CharField(label=_("What is asked for"), max_length=300)
    words = forms.CharField(
        label=_("What else they wrote"), widget=WORDS, max_length=4000, required=False
    )
    consent_stated = forms.BooleanField(label=_("They say that the person agreed"), required=False)
    channel = forms.ChoiceField(label=_("How it came"), choices=Channel.choices)
    arrived_on = DateField(label=_("Arrived"))
    due_on = DateField(label=_("Answer due"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs.setdefault("initial", {"arrived_on": today, "due_on": today + USUAL_WAIT})
        super().__init__(*args, **kwargs)
        bodies: Any = self.fields["partner"]
        bodies.queryset = Partner.objects.all()
        self.places = dict(_places(actor))
        where: Any = self.fields["where"]
        where.choices = list(self.places.items())

    def clean_arrived_on(self) -> Any:
        if self.cleaned_data["arrived_on"] > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return self.cleaned_data["arrived_on"]

    def arrival(self) -> Arrival:
        given = dict(self.cleaned_data)
        programme, office, compartment = given.pop("where").split("/")
        found = Office.objects.get(code=office)
        return Arrival(office=found, programme=programme, compartment=compartment, **given)


def _places(actor: Actor) -> list[tuple[str, str]]:
    """Where a referral may be for: programme, office and file where she works."""
    offices = list(Office.objects.order_by("name"))
    found = {}
    for place in Placement.objects.filter(user=actor.user_id).select_related("office"):
        name = programmes.get(place.programme).name
        for office in [place.office] if place.office else offices:
            for one in place.compartments:
                label = f"{name}, {office.name}: {Compartment(one).label}"
                found[f"{place.programme}/{office.code}/{one}"] = label
    return sorted(found.items(), key=lambda pair: pair[1])


class AcceptForm(forms.Form):
    channel = forms.ChoiceField(label=_("How they are told"), choices=Channel.choices)


class DeclineForm(AcceptForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class LinkForm(forms.Form):
    number = forms.CharField(label=_("Number of the case that was opened"), max_length=24)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_number(self) -> Case:
        number = self.cleaned_data["number"].strip().upper()
        found = Case.objects.visible_to(self.actor).filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no such case, or it is not yours to see."))
        return found


class FinishForm(forms.Form):
    completed = forms.TypedChoiceField(
        label=_("How it ended"),
        choices=[("yes", _("Completed")), ("no", _("Not completed"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(label=_("In words"), max_length=600)
