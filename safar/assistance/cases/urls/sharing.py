"""The addresses of consents, referrals and partners."""

from django.urls import path

from safar.assistance.cases.views import arrivals, consents, partners, referrals

urlpatterns = [
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
]
