"""The addresses of casework."""

from django.urls import path

from safar.assistance.cases import money_urls, papers_urls, work_urls
from safar.assistance.cases.views import (
    arrivals,
    consents,
    families,
    finding,
    partners,
    person_forms,
    referrals,
)

app_name = "cases"
urlpatterns = [
    *work_urls.urlpatterns,
    # sharing
    path("<uuid:key>/sharing", consents.case_sharing, name="sharing"),
    path("<uuid:key>/consents/new", consents.consent_add, name="consent_add"),
    path("consents/form.pdf", consents.consent_form_pdf, name="consent_form_pdf"),
    path("consents/<uuid:key>", consents.consent, name="consent"),
    path("consents/<uuid:key>/withdraw", consents.consent_withdraw, name="consent_withdraw"),
    path("consents/<uuid:key>/copy.pdf", consents.consent_pdf, name="consent_pdf"),
    path("consents/<uuid:key>/refer/<uuid:partner>", referrals.referral_add, name="referral_add"),
    path("notices/<uuid:key>/sent", consents.notice_sent, name="notice_sent"),
    path(
        "notices/<uuid:key>/acknowledged",
        consents.notice_acknowledged,
        name="notice_acknowledged",
    ),
    path("notices/<uuid:key>/letter.pdf", consents.notice_pdf, name="notice_pdf"),
    path("referrals", referrals.referrals, name="referrals"),
    path("referrals/<uuid:key>", referrals.referral, name="referral"),
    path("referrals/<uuid:key>/change", referrals.referral_change, name="referral_change"),
    path("referrals/<uuid:key>/send", referrals.referral_send, name="referral_send"),
    path("referrals/<uuid:key>/answer", referrals.referral_answer, name="referral_answer"),
    path("referrals/<uuid:key>/expire", referrals.referral_expire, name="referral_expire"),
    path("referrals/<uuid:key>/letter.pdf", referrals.referral_pdf, name="referral_pdf"),
    path("arrivals", arrivals.arrivals, name="arrivals"),
    path("arrivals/new", arrivals.arrival_add, name="arrival_add"),
    path("arrivals/<uuid:key>", arrivals.arrival, name="arrival"),
    path("arrivals/<uuid:key>/accept", arrivals.arrival_accept, name="arrival_accept"),
    path("arrivals/<uuid:key>/decline", arrivals.arrival_decline, name="arrival_decline"),
    path("arrivals/<uuid:key>/link", arrivals.arrival_link, name="arrival_link"),
    path("arrivals/<uuid:key>/finish", arrivals.arrival_finish, name="arrival_finish"),
    path("partners", partners.partners, name="partners"),
    path("partners/new", partners.partner_add, name="partner_add"),
    path("partners/<uuid:key>", partners.partner, name="partner"),
    path("partners/<uuid:key>/change", partners.partner_change, name="partner_change"),
    path("partners/<uuid:key>/agreements", partners.agreement_add, name="agreement_add"),
    path("agreements/<uuid:key>/end", partners.agreement_end, name="agreement_end"),
    *money_urls.urlpatterns,
    *papers_urls.urlpatterns,
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
