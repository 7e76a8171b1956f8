"""Addresses of the crossing point."""

from django.urls import path

from safar.control.border.urls.desk import desk_patterns
from safar.control.border.urls.second_line import second_line_patterns
from safar.control.border.views import (
    booth,
    comparing,
    deciding,
    visa_photo,
    visa_portrait,
    zone_photo,
)

app_name = "border"
urlpatterns = [
    path("booth/", booth.booth, name="booth"),
    path("booth/sign-on/", booth.sign_on, name="sign_on"),
    path("booth/sign-off/", booth.sign_off, name="sign_off"),
    path("booth/scan/", booth.scan, name="scan"),
    path("booth/zone-photo/", zone_photo.zone_photo, name="zone_photo"),
    path("booth/typed/", booth.typed, name="typed"),
    path("inspections/<uuid:key>/", booth.inspection, name="inspection"),
    path("inspections/<uuid:key>/compare/", comparing.compare, name="compare"),
    path("inspections/<uuid:key>/visa-photo/", visa_photo.visa_photo, name="visa_photo"),
    path("inspections/<uuid:key>/visa/photo/", visa_portrait.at_booth, name="visa_portrait"),
    path("inspections/<uuid:key>/admit/", deciding.admit, name="admit"),
    path("inspections/<uuid:key>/pass/", deciding.pass_with_reason, name="pass_with_reason"),
    path("inspections/<uuid:key>/refer/", deciding.refer, name="refer"),
    path("inspections/<uuid:key>/refuse/", deciding.refuse, name="refuse"),
    path("inspections/<uuid:key>/protection/", deciding.protection, name="protection"),
    path("protection/", deciding.protection_help, name="protection_help"),
    path("refusals/<uuid:key>/", deciding.refused, name="refused"),
    path("refusals/<uuid:key>/form.pdf", deciding.refusal_pdf, name="refusal_pdf"),
    *second_line_patterns,
    *desk_patterns,
]
