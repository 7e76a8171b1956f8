"""Addresses of applications, identity checks and decisions. `urls` includes them."""

from django.urls import path

from safar.control.passports.views import deciding, desk, filling, working

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("new/", filling.new, name="new"),
    path("terms/", working.terms, name="terms"),
    path("papers/<uuid:key>/", desk.paper, name="paper"),
    path("papers/<uuid:key>/photo/", desk.portrait, name="portrait"),
    path("papers/<uuid:key>/set-aside/", working.set_aside, name="set_aside"),
    path("papers/<uuid:key>/remove/", filling.paper_remove, name="paper_remove"),
    path("consents/<uuid:key>/remove/", filling.consent_remove, name="consent_remove"),
    path("candidates/<uuid:key>/", working.judge, name="judge"),
    path("candidates/<uuid:key>/photo/", working.candidate_photo, name="candidate_photo"),
    path("likenesses/<uuid:key>/", working.judge_listed, name="judge_listed"),
    path("applications/<uuid:key>/", desk.application, name="application"),
    path("applications/<uuid:key>/fill/", filling.fill, name="fill"),
    path("applications/<uuid:key>/papers/", filling.papers, name="papers"),
    path("applications/<uuid:key>/consent/", filling.consent_add, name="consent_add"),
    path("applications/<uuid:key>/send/", filling.send, name="send"),
    path("applications/<uuid:key>/discard/", filling.discard, name="discard"),
    path("applications/<uuid:key>/fee/", working.fee, name="fee"),
    path("applications/<uuid:key>/look/", working.look, name="look"),
    path("applications/<uuid:key>/lists/", working.ask_lists, name="ask_lists"),
    path("applications/<uuid:key>/ask-more/", working.ask_more, name="ask_more"),
    path("applications/<uuid:key>/answered/", working.answered, name="answered"),
    path("applications/<uuid:key>/check/", working.check, name="check"),
    path("applications/<uuid:key>/send-back/", working.send_back, name="send_back"),
    path("applications/<uuid:key>/withdraw/", working.withdraw, name="withdraw"),
    path("applications/<uuid:key>/decide/", deciding.decide, name="decide"),
    path("applications/<uuid:key>/revoke/", deciding.revoke, name="revoke"),
    path("applications/<uuid:key>/letter.pdf", deciding.refusal_letter, name="letter"),
]
