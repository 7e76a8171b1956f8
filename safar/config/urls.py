"""The addresses of every app. Only this file knows them all."""

from django.urls import include, path

urlpatterns = [
    path("", include("safar.accounts.urls")),
    path("account/", include("safar.accounts.urls.sign_in")),
    path("", include("safar.control.border.urls")),
    path("documents/", include("safar.control.documents.urls")),
    path("offices/", include("safar.control.offices.urls")),
    path("blanks/", include("safar.control.blanks.urls")),
    path("visas/", include("safar.control.visas.urls")),
    path("passports/", include("safar.control.passports.urls")),
    path("stays/", include("safar.control.stays.urls")),
    path("lists/", include("safar.control.watchlist.urls")),
    path("cases/", include("safar.assistance.cases.urls")),
    path("", include("safar.assistance.cases.urls.public")),
    path("returns/", include("safar.assistance.returns.urls")),
    path("movements/", include("safar.assistance.movements.urls")),
    path("figures/", include("safar.insight.statistics.urls")),
    path("_ui/", include("safar.ui.urls")),
]

handler404 = "safar.ui.guard.not_found"
handler500 = "safar.ui.guard.server_error"
