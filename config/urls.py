"""All addresses on one page."""
from django.http import HttpResponse
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from runtime.workspace import save_views


def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("record/<uuid:record>/save/", save_views.save, name="save"),
    path("accounts/", include("allauth.urls")),
    path("admin/", include(wagtailadmin_urls)),
]

handler400 = "config.errors.bad_request"
handler500 = "config.errors.server_error"
