"""Addresses of applications: the desk's, and under apply/ those that anybody may open."""

from django.urls import path

from safar.control.visas.views import deciding, desk, filling, letters, public, quotas, working

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("new/", filling.new, name="new"),
    path("quotas/", quotas.quotas, name="quotas"),
    path("papers/<uuid:key>/", desk.paper, name="paper"),
    path("papers/<uuid:key>/photo/", desk.portrait, name="portrait"),
    path("papers/<uuid:key>/set-aside/", working.set_aside, name="set_aside"),
    path("papers/<uuid:key>/remove/", filling.paper_remove, name="paper_remove"),
    path("likenesses/<uuid:key>/", working.judge, name="judge"),
    path("applications/<uuid:key>/", desk.application, name="application"),
    path("applications/<uuid:key>/fill/<slug:step>/", filling.fill, name="fill"),
    path("applications/<uuid:key>/discard/", filling.discard, name="discard"),
    path("applications/<uuid:key>/fee/", working.fee, name="fee"),
    path("applications/<uuid:key>/screen/", working.screen, name="screen"),
    path("applications/<uuid:key>/interview/", working.interview, name="interview"),
    path("applications/<uuid:key>/ask-more/", working.ask_more, name="ask_more"),
    path("applications/<uuid:key>/answered/", working.answered, name="answered"),
    path("applications/<uuid:key>/prepare/", working.prepare, name="prepare"),
    path("applications/<uuid:key>/send-back/", working.send_back, name="send_back"),
    path("applications/<uuid:key>/withdraw/", working.withdraw, name="withdraw"),
    path("applications/<uuid:key>/decide/", deciding.decide, name="decide"),
    path("applications/<uuid:key>/refusal.pdf", letters.refusal, name="refusal_letter"),
    path("fees/<uuid:key>/receipt.pdf", letters.receipt, name="receipt"),
    path("apply/", public.start, name="apply"),
    path("help/", public.help_page, name="help"),
    path("apply/back/", public.back, name="back"),
    path("apply/status/", public.status, name="status"),
    path("apply/letter/", letters.own_refusal, name="own_letter"),
    path("apply/visa/", letters.own_visa, name="own_visa"),
    path("apply/later/", public.later, name="later"),
    path("apply/leave/", public.leave, name="leave"),
    path("apply/delete/", public.delete, name="delete_own"),
    path("apply/withdraw/", public.withdraw, name="withdraw_own"),
    path("apply/sent/", public.sent, name="sent"),
    path("apply/papers/<uuid:key>/remove/", public.paper_remove, name="own_paper_remove"),
    path("apply/<slug:step>/", public.step, name="step"),
]
