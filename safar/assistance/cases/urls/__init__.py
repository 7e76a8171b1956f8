"""The addresses of casework."""

from django.urls import path

from safar.assistance.cases.urls import instruments as instrument_urls
from safar.assistance.cases.urls import money as money_urls
from safar.assistance.cases.urls import papers as papers_urls
from safar.assistance.cases.urls import sharing as sharing_urls
from safar.assistance.cases.urls import work as work_urls
from safar.assistance.cases.views import (
    families,
    finding,
    person_forms,
)

app_name = "cases"
urlpatterns = [
    *work_urls.urlpatterns,
    *sharing_urls.urlpatterns,
    *money_urls.urlpatterns,
    *papers_urls.urlpatterns,
    *instrument_urls.urlpatterns,
    # people
    path("find", finding.find, name="find"),
    path("<uuid:key>/people/new", person_forms.person_add, name="person_add"),
    path("people/<uuid:key>", finding.person, name="person"),
    path("people/<uuid:key>/change", person_forms.person_change, name="person_change"),
    path("people/<uuid:key>/names/new", person_forms.name_add, name="name_add"),
    path("people/<uuid:key>/numbers/new", person_forms.number_add, name="number_add"),
    path("people/<uuid:key>/contacts/new", person_forms.contact_add, name="contact_add"),
    path("people/<uuid:key>/relatives/new", families.relative_add, name="relative_add"),
    path("people/<uuid:key>/move-in", families.move_in, name="move_in"),
    path("people/<uuid:key>/same/<uuid:other>", families.judge, name="judge"),
    path(
        "people/<uuid:key>/same/<uuid:other>/take-back",
        families.judgement_take_back,
        name="judgement_take_back",
    ),
    path("names/<uuid:key>/end", person_forms.name_end, name="name_end"),
    path("numbers/<uuid:key>/remove", person_forms.number_remove, name="number_remove"),
    path("contacts/<uuid:key>/change", person_forms.contact_change, name="contact_change"),
    path("contacts/<uuid:key>/end", person_forms.contact_end, name="contact_end"),
    path("relatives/<uuid:key>/remove", families.relative_remove, name="relative_remove"),
    path("household-members/<uuid:key>/move-out", families.move_out, name="move_out"),
]
