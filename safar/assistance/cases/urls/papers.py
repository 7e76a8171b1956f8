"""The addresses of documents, notes, retention and a person's own data."""

from django.urls import path

from safar.assistance.cases.views import erasing, notes, papers

urlpatterns = [
    path("<uuid:key>/documents", papers.documents, name="documents"),
    path("<uuid:key>/documents/new", papers.document_add, name="document_add"),
    path("documents/<uuid:key>", papers.document, name="document"),
    path("documents/<uuid:key>/versions", papers.version_add, name="version_add"),
    path("files/<uuid:key>", papers.file, name="file"),
    path("<uuid:key>/notes", notes.notes, name="notes"),
    path("<uuid:key>/notes/new", notes.note_add, name="note_add"),
    path("retention", erasing.retention, name="retention"),
    path("<uuid:key>/erasure/propose", erasing.erasure_propose, name="erasure_propose"),
    path("erasures/<uuid:key>", erasing.erasure, name="erasure"),
    path("erasures/<uuid:key>/approve", erasing.erasure_approve, name="erasure_approve"),
    path("erasures/<uuid:key>/decline", erasing.erasure_decline, name="erasure_decline"),
    path("people/<uuid:key>/own-data", erasing.own, name="own_data"),
    path("people/<uuid:key>/own-data/copy", erasing.own_give, name="own_give"),
]
