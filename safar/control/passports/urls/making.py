"""Addresses of making, quality control, delivery and cancellation. `urls` includes them."""

from django.urls import path

from safar.control.passports.views import delivering, making

urlpatterns = [
    path("making/", making.queue, name="queue"),
    path("making/take/<slug:office>/", making.take, name="take"),
    path("making/<uuid:key>/", making.job, name="job"),
    path("making/<uuid:key>/page.pdf", making.job_pdf, name="job_pdf"),
    path("making/<uuid:key>/chip.zip", making.job_chip, name="job_chip"),
    path("making/<uuid:key>/face.jpg", making.job_face, name="job_face"),
    path("making/<uuid:key>/printed/", making.printed, name="job_printed"),
    path("making/<uuid:key>/fail/", making.fail, name="job_fail"),
    path("making/<uuid:key>/control/", making.control, name="control"),
    path("issued/", delivering.counter, name="counter"),
    path("issued/<uuid:key>/", delivering.passport, name="passport"),
    path("issued/<uuid:key>/face.jpg", delivering.face, name="passport_face"),
    path("issued/<uuid:key>/receipt.pdf", delivering.receipt, name="receipt"),
    path("issued/<uuid:key>/deliver/", delivering.deliver, name="deliver"),
    path("issued/<uuid:key>/scan/", delivering.attach, name="receipt_attach"),
    path("scans/<uuid:key>/", delivering.scan, name="receipt_scan"),
    path("issued/<uuid:key>/cancel/", delivering.cancel, name="cancel"),
    path("cancellations/<uuid:key>/withdraw/", delivering.withdraw, name="cancellation_withdraw"),
]
