"""Addresses of issued visas and of seals. `urls` includes them."""

from django.urls import path

from safar.control.visas.views import issued, seals

urlpatterns = [
    path("applications/<uuid:key>/issue/", issued.issue, name="issue"),
    path("issued/<uuid:key>/", issued.visa, name="visa"),
    path("issued/<uuid:key>/visa.pdf", issued.visa_pdf, name="visa_pdf"),
    path("issued/<uuid:key>/annul/", issued.annul, name="annul"),
    path("issued/<uuid:key>/revoke/", issued.revoke, name="revoke"),
    path("issued/<uuid:key>/reprint/", issued.reprint, name="reprint"),
    path("seals/", seals.seals, name="seals"),
    path("seals/propose/", seals.propose, name="seal_propose"),
    path("seals/<uuid:key>/trust/", seals.trust, name="seal_trust"),
    path("seals/<uuid:key>/decline/", seals.decline, name="seal_decline"),
    path("seals/<uuid:key>/revoke/", seals.revoke, name="seal_revoke"),
    path("seals/list-export/", seals.list_export, name="list_export"),
    path("seals/list-import/", seals.list_import, name="list_import"),
]
