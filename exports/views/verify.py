"""The public page that says whether a document is valid. No names, no numbers, one shape for every answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from exports.documents.codes import LENGTH
from exports.documents.verification import standing
from exports.limits import SECONDS, is_allowed
from runtime.audit.actions import log_access

LONGEST = 4 * LENGTH


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The form; what is typed leads to the page of that code."""
    typed = request.POST.get("code", "").strip().replace("/", "")
    if request.method != "POST" or not typed:
        return render(request, "exports/verify.html", {"asked": False})
    return redirect("verify-code", code=typed[:LONGEST])


@never_cache
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Valid until a day, revoked, or unknown."""
    if not is_allowed(request, "verify"):
        answer = render(
            request, "exports/verify.html", {"asked": False, "limited": True}, status=429
        )
        answer["Retry-After"] = str(SECONDS)
        return answer
    log_access(by=None, deed="verify", purpose="public_verification")
    found = standing(typed=code, today=timezone.localdate())
    return render(
        request, "exports/verify.html", {"asked": True, "standing": found, "typed": code}
    )
