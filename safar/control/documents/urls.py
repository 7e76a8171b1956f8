"""Addresses of reported documents, other owners' lists, stolen blanks, what states issue, and their certificates."""

from django.urls import path

from safar.control.documents import (
    batch_views,
    certificate_views,
    import_views,
    revocation_views,
    series_views,
    specimen_views,
    views,
)

app_name = "documents"
urlpatterns = [
    path("", views.reports, name="documents"),  # as the main navigation calls it
    path("", views.reports, name="reports"),
    path("report/", views.report, name="report"),
    path("<uuid:key>/withdraw/", views.withdraw, name="withdraw"),
    path("add-list/", import_views.add_list, name="list_add"),
    path("lists/<slug:code>/", import_views.owners_list, name="list"),
    path("lists/<slug:code>/import/", import_views.add, name="import_add"),
    path("imports/<uuid:key>/", import_views.page_of_import, name="import"),
    path("imports/<uuid:key>/approve/", import_views.approve, name="import_approve"),
    path("imports/<uuid:key>/decline/", import_views.decline, name="import_decline"),
    path("imports/<uuid:key>/start-again/", import_views.start_again, name="import_restart"),
    path("batches/", batch_views.batches, name="batches"),
    path("batches/report/", batch_views.report, name="batch_report"),
    path("batches/<uuid:key>/withdraw/", batch_views.withdraw, name="batch_withdraw"),
    path("specimens/", specimen_views.library, name="specimens"),
    path("specimens/add/", specimen_views.add, name="specimen_add"),
    path("specimens/<uuid:key>/", specimen_views.specimen, name="specimen"),
    path("specimens/<uuid:key>/retire/", specimen_views.retire, name="specimen_retire"),
    path("specimens/<uuid:key>/pages/add/", specimen_views.add_page, name="specimen_page_add"),
    path(
        "specimens/<uuid:key>/features/add/",
        specimen_views.add_feature,
        name="specimen_feature_add",
    ),
    path("specimens/pages/<uuid:key>/picture/", specimen_views.picture, name="specimen_picture"),
    path(
        "specimens/pages/<uuid:key>/remove/",
        specimen_views.remove_page,
        name="specimen_page_remove",
    ),
    path(
        "specimens/features/<uuid:key>/remove/",
        specimen_views.remove_feature,
        name="specimen_feature_remove",
    ),
    path("certificates/", certificate_views.certificates, name="certificates"),
    path("certificates/revoked/", revocation_views.revoked, name="revoked"),
    path("certificates/revoked/add/", revocation_views.add, name="revoked_add"),
    path("certificates/add/", certificate_views.import_file, name="certificate_add"),
    path("certificates/of/<slug:country>/", certificate_views.of_state, name="certificates_of"),
    path("certificates/files/<uuid:key>/", certificate_views.imported, name="certificate_import"),
    path(
        "certificates/files/<uuid:key>/trust/",
        certificate_views.trust_all,
        name="certificate_trust_all",
    ),
    path("certificates/<uuid:key>/", certificate_views.certificate, name="certificate"),
    path("certificates/<uuid:key>/trust/", certificate_views.trust, name="certificate_trust"),
    path("certificates/<uuid:key>/decline/", certificate_views.decline, name="certificate_decline"),
    path(
        "certificates/<uuid:key>/distrust/",
        certificate_views.distrust,
        name="certificate_distrust",
    ),
    path(
        "certificates/<uuid:key>/propose/",
        certificate_views.propose_again,
        name="certificate_propose",
    ),
    path("series/", series_views.table, name="series_table"),
    path("series/add/", series_views.propose, name="series_add"),
    path("series/changes/<uuid:key>/", series_views.change, name="series_change"),
    path("series/changes/<uuid:key>/agree/", series_views.agree, name="series_agree"),
    path("series/changes/<uuid:key>/decline/", series_views.decline, name="series_decline"),
    path("series/<slug:code>/", series_views.series, name="series"),
    path("series/<slug:code>/change/", series_views.propose, name="series_propose"),
]
