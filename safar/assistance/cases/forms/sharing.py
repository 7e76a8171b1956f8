"""The shape of what is typed about partners, consents and withdrawals."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.consents import ConsentTerms
from safar.assistance.cases.actions.partnering import PartnerFacts
from safar.assistance.cases.choices.sharing import (
    AgreementKind,
    Channel,
    ConsentForm,
    ConsentKind,
    ConsentPrompt,
    DataKind,
    PartnerKind,
    SharingPurpose,
    StandsAs,
)
from safar.assistance.cases.models import Case, Partner
from safar.assistance.cases.queries.referrals import bound_partners
from safar.reference import queries as reference
from safar.ui.forms import DateField


class GiveConsentForm(forms.Form):
    """What a person agrees to: the seven points first, then for what, who, and what."""

    person = forms.ChoiceField(label=_("Who agrees"))
    told = forms.MultipleChoiceField(
        label=_("Gone through with the person"),
        help_text=_("Each point in her own words. Without all seven there is no consent."),
        choices=ConsentPrompt.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = forms.ChoiceField(label=_("For what"), choices=SharingPurpose.choices)
    partners = forms.ModelMultipleChoiceField(
        label=_("Who may learn something"),
        help_text=_("Only partners with whom an agreement is in force are listed."),
        queryset=Partner.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        label=_("What they may learn"),
        help_text=_("All of them the same. If one may learn more, record that as another consent."),
        choices=DataKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(label=_("Kind of consent"), choices=ConsentKind.choices)
    given_by = forms.CharField(
        label=_("Given for the person by"),
        help_text=_("The name of a parent or guardian, for a child or whoever cannot speak."),
        max_length=120,
        required=False,
    )
    stands_as = forms.ChoiceField(
        label=_("Is the person’s"), choices=[("", "—"), *StandsAs.choices], required=False
    )
    language = forms.CharField(label=_("Language that was spoken"), max_length=30)
    interpreter = forms.CharField(label=_("Interpreter"), max_length=120, required=False)
    form = forms.ChoiceField(label=_("Form"), choices=ConsentForm.choices)
    obtained_on = DateField(label=_("Given on"))
    expires_on = DateField(
        label=_("Good until"), help_text=_("Left empty, one year."), required=False
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"obtained_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        members = case.members.filter(left_on=None).prefetch_related("person__names")
        self.people = {str(one.person_id): one.person for one in members}
        who: Any = self.fields["person"]
        who.choices = [(key, str(person)) for key, person in self.people.items()]
        may_learn: Any = self.fields["partners"]
        may_learn.queryset = bound_partners()

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        kind, told = given.get("kind"), given.get("told") or []
        if kind != ConsentKind.IMPLICIT and len(told) < len(ConsentPrompt):
            self.add_error("told", _("Go through all seven points with the person first."))
        if kind == ConsentKind.PROXY and not (given.get("given_by") and given.get("stands_as")):
            self.add_error("given_by", _("Say who gives it for the person, and as what."))
        if given.get("obtained_on") and given["obtained_on"] > timezone.localdate():
            self.add_error("obtained_on", _("This day is still to come."))
        return given

    def terms(self) -> ConsentTerms:
        given = dict(self.cleaned_data)
        kinds = given.pop("kinds")
        recipients = dict.fromkeys(given.pop("partners"), kinds)
        person = self.people[given.pop("person")]
        return ConsentTerms(person=person, recipients=recipients, **given)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason, if she gives one"),
        help_text=_("Nobody has to say why."),
        max_length=300,
        required=False,
    )


class NoticeForm(forms.Form):
    channel = forms.ChoiceField(label=_("How they were told"), choices=Channel.choices)


class ConfirmForm(forms.Form):
    told_by = forms.CharField(label=_("Who confirmed it"), max_length=120)


class PartnerForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=PartnerKind.choices)
    country = forms.ChoiceField(label=_("Country"))
    contact = forms.CharField(label=_("Who to ask for"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where: Any = self.fields["country"]
        where.choices = [(one.code, one.name) for one in reference.countries()]

    def facts(self) -> PartnerFacts:
        return PartnerFacts(**self.cleaned_data)


class AgreementForm(forms.Form):
    kind = forms.ChoiceField(label=_("What binds them"), choices=AgreementKind.choices)
    reference = forms.CharField(label=_("Title or number"), max_length=160)
    in_force_from = DateField(label=_("In force from"))
    in_force_until = DateField(label=_("In force until"), required=False)

    def clean(self) -> dict[str, Any]:
        begins = self.cleaned_data.get("in_force_from")
        ends = self.cleaned_data.get("in_force_until")
        if begins and ends and ends < begins:
            self.add_error("in_force_until", _("The agreement would end before it begins."))
        return self.cleaned_data


class EndForm(forms.Form):
    on = DateField(label=_("The last day"))
