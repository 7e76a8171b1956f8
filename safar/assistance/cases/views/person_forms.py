"""Pages on which something of a person is added or changed."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import contacts, registering
from safar.assistance.cases.actions.opening import NewMember
from safar.assistance.cases.forms.people import (
    ChangeForm,
    ChangeSafetyForm,
    ContactForm,
    NameForm,
    NumberForm,
    ReasonForm,
    RegisterForm,
    WhoForm,
)
from safar.assistance.cases.models import Case, Contact, ExternalNumber, Person, PersonName
from safar.assistance.cases.queries import duplicates, people
from safar.assistance.cases.views.opened import asked
from safar.core.permissions import Request, page
from safar.core.record import get_visible

BOTH = ("GET", "POST")


@page("cases.add_member", methods=BOTH)
def person_add(request: Request, key: UUID) -> HttpResponse:
    """Register a person in a case; whoever may be known already is asked about first."""
    case = get_visible(Case.objects.all(), request.actor, key)
    if ask := asked(request, case):
        return ask
    form, question = RegisterForm(request.POST or None), None
    possible: list[duplicates.Possible] = []
    if request.method == "POST" and form.is_valid():
        possible = duplicates.of_new(request.actor, form.person())
        question = WhoForm(possible, request.POST if "who" in request.POST else None)
        if not possible or question.is_valid():
            known = question.chosen(possible) if possible else None
            member = NewMember(known or form.person(), form.cleaned_data["role"])
            added = registering.join_case(request.actor, case, member=member)
            return _done(request, added.person, _("The person is in the case."))
    context = {"case": case, "form": form, "question": question, "possible": possible}
    return render(request, "cases/person_add.html", context)


@page("cases.change_person", methods=BOTH)
def person_change(request: Request, key: UUID) -> HttpResponse:
    person = people.get(request.actor, key)
    form = ChangeForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("seen", "reason")}
        registering.change_person(request.actor, person, facts=form.facts(), **given)
        return _done(request, person, _("Changed. What stood there before is kept."))
    return _form(request, person, form, _("Change what is known"), _("Save the change"))


@page("cases.add_name", methods=BOTH)
def name_add(request: Request, key: UUID) -> HttpResponse:
    person = people.get(request.actor, key)
    form = NameForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("instead_of", "reason")}
        registering.add_name(request.actor, person, name=form.name(), **given)
        return _done(request, person, _("Added. This spelling finds the person too."))
    return _form(request, person, form, _("Add a name or a spelling"), _("Add the name"))


@page("cases.end_name", methods=BOTH)
def name_end(request: Request, key: UUID) -> HttpResponse:
    name = people.get_row(request.actor, PersonName, key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        registering.end_name(request.actor, name, reason=form.cleaned_data["reason"])
        return _done(request, name.person, _("The name is not used any more."))
    return _form(request, name.person, form, _("Stop using a name"), _("Stop using it"), name)


@page("cases.add_number", methods=BOTH)
def number_add(request: Request, key: UUID) -> HttpResponse:
    person = people.get(request.actor, key)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        system, value = form.number()
        registering.add_number(request.actor, person, system=system, value=value)
        return _done(request, person, _("The number is kept."))
    return _form(request, person, form, _("Add a number"), _("Add the number"))


@page("cases.remove_number", methods=BOTH)
def number_remove(request: Request, key: UUID) -> HttpResponse:
    number = people.get_row(request.actor, ExternalNumber, key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        registering.remove_number(request.actor, number, reason=form.cleaned_data["reason"])
        return _done(request, number.person, _("The number is taken away."))
    return _form(
        request, number.person, form, _("Take a number away"), _("Take it away"), number.value
    )


@page("cases.add_contact", methods=BOTH)
def contact_add(request: Request, key: UUID) -> HttpResponse:
    person = people.get(request.actor, key)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        contacts.add_contact(request.actor, person, way=form.way())
        return _done(request, person, _("Kept, with what may be done with it."))
    return _form(request, person, form, _("Add a telephone or an address"), _("Add it"))


@page("cases.change_contact", methods=BOTH)
def contact_change(request: Request, key: UUID) -> HttpResponse:
    contact = people.get_row(request.actor, Contact, key)
    form = ChangeSafetyForm(request.POST or None, record=contact)
    if form.is_valid() and form.saved_by(partial(_change_contact, request, contact)):
        return _done(request, contact.person, _("Changed. It holds from now on."))
    return _form(request, contact.person, form, _("What we may do"), _("Save"), contact.value)


@page("cases.end_contact", methods=("POST",))
def contact_end(request: Request, key: UUID) -> HttpResponse:
    contact = people.get_row(request.actor, Contact, key)
    contacts.end_contact(request.actor, contact)
    return _done(request, contact.person, _("Nobody uses it any more."))


def _change_contact(
    request: Request, contact: Contact, seen: int, changes: dict[str, Any]
) -> Contact:
    return contacts.change_contact(request.actor, contact, seen=seen, changes=changes)


def _form(
    request: Request, person: Person, form: Any, title: Any, act: Any, about: Any = ""
) -> HttpResponse:
    context = {"person": person, "form": form, "title": title, "act": act, "about": about}
    return render(request, "cases/person_form.html", context)


def _done(request: Request, person: Person, words: Any) -> HttpResponse:
    messages.success(request, words)
    return redirect("cases:person", person.pk)
