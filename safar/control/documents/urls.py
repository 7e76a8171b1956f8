"""Addresses of reported documents, other owners' lists, stolen blanks, what states issue, and their certificates."""

from django.urls import path

from safar.control.documents.views import (
    batches,
    certificates,
    imports,
    reports,
    revocations,
    series,
    specimens,
)

app_name = "documents"
urlpatterns = [
    path("", reports.reports, name="documents"),  # as the main navigation calls it
    path("", reports.reports, name="reports"),
    path("export/", reports.export, name="export"),
    path("report/", reports.report, name="report"),
    path("<uuid:key>/withdraw/", reports.withdraw, name="withdraw"),
    path("add-list/", imports.add_list, name="list_add"),
    path("lists/<slug:code>/", imports.owners_list, name="list"),
    path("lists/<slug:code>/import/", imports.add, name="import_add"),
    path("imports/<uuid:key>/", imports.page_of_import, name="import"),
    path("imports/<uuid:key>/approve/", imports.approve, name="import_approve"),
    path("imports/<uuid:key>/decline/", imports.decline, name="import_decline"),
    path("imports/<uuid:key>/start-again/", imports.start_again, name="import_restart"),
    path("batches/", batches.batches, name="batches"),
    path("batches/report/", batches.report, name="batch_report"),
    path("batches/<uuid:key>/withdraw/", batches.withdraw, name="batch_withdraw"),
    path("specimens/", specimens.library, name="specimens"),
    path("specimens/add/", specimens.add, name="specimen_add"),
    path("specimens/<uuid:key>/", specimens.specimen, name="specimen"),
    path("specimens/<uuid:key>/retire/", specimens.retire, name="specimen_retire"),
    path("specimens/<uuid:key>/pages/add/", specimens.add_page, name="specimen_page_add"),
    path(
        "specimens/<uuid:key>/features/add/",
        specimens.add_feature,
        name="specimen_feature_add",
    ),
    path("specimens/pages/<uuid:key>/picture/", specimens.picture, name="specimen_picture"),
    path(
        "specimens/pages/<uuid:key>/remove/",
        specimens.remove_page,
        name="specimen_page_remove",
    ),
    path(
        "specimens/features/<uuid:key>/remove/",
        specimens.remove_feature,
        name="specimen_feature_remove",
    ),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/revoked/", revocations.revoked, name="revoked"),
    path("certificates/revoked/add/", revocations.add, name="revoked_add"),
    path("certificates/add/", certificates.import_file, name="certificate_add"),
    path("certificates/of/<slug:country>/", certificates.of_state, name="certificates_of"),
    path("certificates/files/<uuid:key>/", certificates.imported, name="certificate_import"),
    path(
        "certificates/files/<uuid:key>/trust/",
        certificates.trust_all,
        name="certificate_trust_all",
    ),
    path("certificates/<uuid:key>/", certificates.certificate, name="certificate"),
    path("certificates/<uuid:key>/trust/", certificates.trust, name="certificate_trust"),
    path("certificates/<uuid:key>/decline/", certificates.decline, name="certificate_decline"),
    path(
        "certificates/<uuid:key>/distrust/",
        certificates.distrust,
        name="certificate_distrust",
    ),
    path(
        "certificates/<uuid:key>/propose/",
        certificates.propose_again,
        name="certificate_propose",
    ),
    path("series/", series.table, name="series_table"),
    path("series/add/", series.propose, name="series_add"),
    path("series/changes/<uuid:key>/", series.change, name="series_change"),
    path("series/changes/<uuid:key>/agree/", series.agree, name="series_agree"),
    path("series/changes/<uuid:key>/decline/", series.decline, name="series_decline"),
    path("series/<slug:code>/", series.series, name="series"),
    path("series/<slug:code>/change/", series.propose, name="series_propose"),
]
