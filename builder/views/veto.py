"""The last line: a veto that no form has caught (an approval, a bulk publish, a copy) is a message, not a crash."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from builder.publish import PublishVetoed


class VetoMiddleware:
    """Goes back to where the person came from and says what was wrong."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, PublishVetoed):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"success": False, "error_message": str(exception)}, status=409)
        messages.error(request, str(exception))
        back = _back(request)
        if (
            request.headers.get("X-Requested-With") == "XMLHttpRequest"
        ):  # Wagtail's dialogue of an approval
            return JsonResponse({"step": "success", "redirect": back})
        return HttpResponseRedirect(back)


def _back(request: HttpRequest) -> str:
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    return back if safe else reverse("wagtailadmin_home")
