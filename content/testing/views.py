"""The tests of a page: how each goes on the newest draft, what none of them reaches, and what could be added."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from builder.publish import code_of_page
from content.models import AppPage
from content.testing import actions
from content.testing.files import as_file, in_file
from content.testing.running import drafted, family_tests, results
from content.testing.saying import Reader
from content.testing.surveying import survey
from content.testing.written import from_preview, parsed, written

SECONDS = 5.0  # a page must not hang: what was not played until then is played when it is asked for again
LARGEST_FILE = 2_000_000


def page_of(request: HttpRequest, pk: int) -> AppPage:
    """A page that this person may edit."""
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, AppPage):
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def too_many() -> str:
    """Said where no more tests are taken."""
    return gettext("This page has %(n)s tests; that is as many as it may have.") % {
        "n": actions.MOST_TESTS
    }


@require_safe
def tests_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of tests, the coverage, and with `?suggest=1` the tests that are missing."""
    page = page_of(request, pk)
    tests, definition = family_tests(page), drafted(page)
    context: dict[str, Any] = {
        "page": page,
        "editor": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "definition": definition,
    }
    if definition is not None:
        found = results(tests, definition, SECONDS)
        rows = [_row(test, found.get(test.pk), definition) for test in tests]
        passed = sum(row["passed"] is True for row in rows)
        failed = sum(row["passed"] is False for row in rows)
        waiting = len(rows) - passed - failed
        context |= {"rows": rows, "passed": passed, "failed": failed, "waiting": waiting}
        suggest = "suggest" in request.GET
        context |= survey(page, definition, tests, seconds=SECONDS, suggest=suggest)
    return render(request, "content/tests.html", context)


def _row(test: Any, result: Any, definition: Any) -> dict[str, Any]:
    lines = [] if result is None else Reader(definition, test.language).lines(result, gettext)
    passed = None if result is None else result.passed
    return {"test": test, "passed": passed, "lines": lines}


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """A run of the preview becomes a test."""
    page = page_of(request, pk)
    run = from_preview(parsed(request.body))
    if run is None:
        told = gettext(
            "This run cannot be kept. Say what it should expect, and give the test a name."
        )
        return JsonResponse({"kept": False, "message": told}, status=400)
    try:
        actions.keep(page=page, written=run, by=request.user)
    except actions.TooManyTests:
        return JsonResponse({"kept": False, "message": too_many()}, status=409)
    return JsonResponse({"kept": True, "address": reverse("script-tests", args=[page.pk])})


@require_POST
def accept_suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """A suggested run becomes a test, as it was shown."""
    page = page_of(request, pk)
    run = written(parsed(request.POST.get("test", "")))
    if run is None:
        messages.error(request, gettext("This suggestion could not be read. Look for them anew."))
    else:
        try:
            actions.keep(page=page, written=run, by=request.user)
            messages.success(request, gettext("“%(name)s” is a test now.") % {"name": run.name})
        except actions.TooManyTests:
            messages.error(request, too_many())
    return HttpResponseRedirect(f"{reverse('script-tests', args=[page.pk])}?suggest=1")


def tests_file(request: HttpRequest, pk: int) -> HttpResponse:
    """All tests as a file; a POST takes a file in."""
    page = page_of(request, pk)
    if request.method == "POST":
        _take_in(request, page)
        return HttpResponseRedirect(reverse("script-tests", args=[page.pk]))
    code = code_of_page(page)
    response = HttpResponse(as_file(code, family_tests(page)), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="tests-{code}.json"'
    return response


def _take_in(request: HttpRequest, page: AppPage) -> None:
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST_FILE:
        messages.error(request, gettext("Choose a file of tests, of at most 2 MB."))
        return
    found = in_file(file.read())
    if found is None:
        messages.error(request, gettext("This is no file of tests. Nothing was taken in."))
    elif isinstance(found, int):
        told = gettext("Test %(n)s of the file cannot be read. Nothing was taken in.")
        messages.error(request, told % {"n": found})
    else:
        _told(request, page, found)


def _told(request: HttpRequest, page: AppPage, found: Any) -> None:
    try:
        new, replaced = actions.take_in(page=page, tests=found, by=request.user)
    except actions.TooManyTests:
        messages.error(request, too_many())
        return
    told = gettext("%(new)s tests are new, %(replaced)s were replaced.")
    messages.success(request, told % {"new": new, "replaced": replaced})
