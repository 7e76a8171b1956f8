"""Addresses of the second line. `urls` includes them."""

from django.urls import path

from safar.control.border.views import chip, second_line, specimen, visa, visa_portrait

second_line_patterns = [
    path("second-line/", second_line.second_line, name="second_line"),
    path("second-line/<uuid:key>/", second_line.referral, name="referral"),
    path("second-line/<uuid:key>/chip/", chip.chip, name="referral_chip"),
    path("second-line/<uuid:key>/specimens/", specimen.specimens, name="referral_specimens"),
    path(
        "second-line/<uuid:key>/specimens/<uuid:specimen_key>/",
        specimen.specimen,
        name="referral_specimen",
    ),
    path("second-line/<uuid:key>/visa/", visa.visa, name="referral_visa"),
    path(
        "second-line/<uuid:key>/visa/photo/",
        visa_portrait.in_second_line,
        name="referral_visa_portrait",
    ),
    path("second-line/<uuid:key>/take/", second_line.take, name="referral_take"),
    path("second-line/<uuid:key>/return/", second_line.give_back, name="referral_return"),
    path("second-line/<uuid:key>/hits/<uuid:hit_key>/", second_line.judge, name="hit_judge"),
    path(
        "second-line/<uuid:key>/hits/<uuid:hit_key>/take-back/",
        second_line.take_back,
        name="hit_take_back",
    ),
    path("second-line/<uuid:key>/admit/", second_line.admit, name="referral_admit"),
    path("second-line/<uuid:key>/refuse/", second_line.refuse, name="referral_refuse"),
    path("second-line/<uuid:key>/set-aside/", second_line.set_aside, name="referral_set_aside"),
    path("second-line/<uuid:key>/protection/", second_line.protection, name="referral_protection"),
]
