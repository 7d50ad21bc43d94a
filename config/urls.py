"""All addresses on one page."""
from django.http import HttpResponse
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from exports.views import documents, feeds, institutes, tables, verify
from runtime.workspace import save_views


def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("record/<uuid:record>/save/", save_views.save, name="save"),
    # what leaves
    path("exports/", tables.exports, name="exports"),
    path("exports/app/<slug:code>/<int:number>.<slug:extension>", tables.export_table, name="export-csv"),
    path("exports/app/<slug:code>/<int:number>/codebook.csv", tables.export_codebook, name="export-codebook"),
    path(
        "exports/app/<slug:code>/<int:number>/<slug:table>.<slug:extension>", tables.export_table, name="export-entries"
    ),
    path("documents/", documents.documents, name="documents"),
    path("document/<uuid:pk>.pdf", documents.document_pdf, name="document-pdf"),
    path("document/<uuid:pk>/revoke/", documents.document_revoke, name="document-revoke"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.verify_code, name="verify-code"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/new/", feeds.feed_new, name="feed-new"),
    path("feed/<slug:code>/", feeds.feed, name="feed"),
    path("feed/<slug:code>/change/", feeds.feed_change, name="feed-change"),
    path("feed/<slug:code>/columns/", feeds.feed_columns, name="feed-columns"),
    path("feed/<slug:code>/preview/", feeds.feed_preview, name="feed-preview"),
    path("feed/<slug:code>/send/", feeds.feed_send, name="feed-send"),
    path("feed/<slug:code>/send/<int:sequence>/", feeds.feed_resend, name="feed-resend"),
    path("institutes/new/", institutes.institute_new, name="institute-new"),
    path("institute/<slug:code>/", institutes.institute, name="institute"),
    path("accounts/", include("allauth.urls")),
    path("admin/", include(wagtailadmin_urls)),
]

handler400 = "config.errors.bad_request"
handler500 = "config.errors.server_error"
