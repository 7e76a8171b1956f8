"""Addresses of the desk: shifts, amendments, travellers. `urls` includes them."""

from django.urls import path

from safar.control.border.views import amendments, shifts, travellers

desk_patterns = [
    path("shift/", shifts.shift, name="shift"),
    path("shift/<str:code>/open/", shifts.open_shift, name="shift_open"),
    path("shifts/<uuid:key>/hand-over/", shifts.hand_over, name="shift_hand_over"),
    path("shifts/<uuid:key>/take-over/", shifts.take_over, name="shift_take_over"),
    path("shifts/<uuid:key>/close/", shifts.close, name="shift_close"),
    path("shifts/<uuid:key>/log/", shifts.log, name="shift_log"),
    path("shifts/<uuid:key>/log/add/", shifts.log_event, name="shift_log_add"),
    path("shifts/<uuid:key>/report/", shifts.report_page, name="shift_report"),
    path("shifts/<uuid:key>/report.pdf", shifts.report_pdf, name="shift_report_pdf"),
    path("sign-ons/<uuid:key>/end/", shifts.end_sign_on, name="sign_on_end"),
    path("amendments/", amendments.amendments, name="amendments"),
    path("amendments/<uuid:key>/", amendments.amendment, name="amendment"),
    path("amendments/<uuid:key>/approve/", amendments.approve, name="amendment_approve"),
    path("amendments/<uuid:key>/decline/", amendments.decline, name="amendment_decline"),
    path("crossings/<uuid:key>/amend/", amendments.propose, name="amendment_propose"),
    path("travellers/", travellers.search, name="search"),
    path("travellers/<uuid:key>/", travellers.traveller, name="traveller"),
    path("travellers/<uuid:key>/judge/", travellers.judge, name="traveller_judge"),
]
