"""One test: its steps and expectations in words, to be changed, run, accepted, duplicated or deleted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from content.models import ScriptTest
from content.testing import actions
from content.testing.following import command_now, expected_now, follower, names_of
from content.testing.running import drafted, played
from content.testing.saying import Reader
from content.testing.telling import expectations, steps, without
from content.testing.views import page_of, too_many
from content.testing.written import LONGEST_NAME, written


def _found(request: HttpRequest, pk: int, test: int) -> tuple[Any, ScriptTest]:
    page = page_of(request, pk)
    return page, get_object_or_404(ScriptTest, pk=test, translation_key=page.translation_key)


def _back(page: Any) -> HttpResponse:
    return HttpResponseRedirect(reverse("script-tests", args=[page.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def test_page(request: HttpRequest, pk: int, test: int) -> HttpResponse:
    """A test, to be changed. What was typed stays when it cannot be taken."""
    page, one = _found(request, pk, test)
    definition = drafted(page)
    if definition is None:
        messages.error(request, gettext("This draft cannot be played: it has no section yet."))
        return _back(page)
    name = follower(one.names, definition)
    commands = [command_now(command, name) for command in one.commands]
    expected = expected_now(one.expected, name)
    typed = {"name": one.name, "today": one.today, "language": one.language}
    if request.method == "POST":
        typed = {key: request.POST.get(key, "") for key in typed}
        kept = {int(at) for at in request.POST.getlist("step") if at.isdecimal()}
        pieces = {key for key, _words in expectations(Reader(definition, ""), expected, str)}
        changed = {
            **typed,
            "commands": [command for at, command in enumerate(commands) if at in kept],
            "expected": without(expected, pieces - set(request.POST.getlist("expect"))),
            "names": {**one.names, **names_of(definition)},
        }
        taken = written(changed)
        if taken is not None:
            actions.change(test=one, written=taken, by=request.user)
            messages.success(request, gettext("“%(name)s” is saved.") % {"name": taken.name})
            return _back(page)
        messages.error(
            request,
            gettext("It needs a name, a day as year-month-day, and something that it expects."),
        )
    reader = Reader(definition, typed["language"])
    result = played(one, definition)
    refused = {number for number, _command, _code in result.refused}
    context = {
        "page": page,
        "test": one,
        "typed": typed,
        "languages": definition.languages,
        "steps": [(at, words, at in refused) for at, words in enumerate(steps(reader, commands, gettext))],
        "expectations": list(expectations(reader, expected, gettext)),
        "lines": reader.lines(result, gettext),
        "passed": result.passed,
        "longest": LONGEST_NAME,
        "back": reverse("script-tests", args=[page.pk]),
        "history": one.history.select_related("history_user")[:20],
    }  # fmt: skip
    return render(request, "content/test.html", context)


@require_POST
def test_deed(request: HttpRequest, pk: int, test: int, deed: str) -> HttpResponse:
    """Run, accept or duplicate one."""
    page, one = _found(request, pk, test)
    definition = drafted(page)
    if deed not in DEEDS or definition is None:
        raise Http404
    DEEDS[deed](request, page, one, definition)
    return _back(page)


def _run(request: HttpRequest, _page: Any, test: ScriptTest, definition: Any) -> None:
    if played(test, definition).passed:
        messages.success(request, gettext("“%(name)s” passes.") % {"name": test.name})
    else:
        messages.error(request, gettext("“%(name)s” fails.") % {"name": test.name})


def _accept(request: HttpRequest, _page: Any, test: ScriptTest, definition: Any) -> None:
    actions.accept(test=test, definition=definition, by=request.user)
    told = gettext("What “%(name)s” finds is what it expects from now on.")
    messages.success(request, told % {"name": test.name})


def _duplicate(request: HttpRequest, page: Any, test: ScriptTest, _definition: Any) -> None:
    try:
        made = actions.duplicate(page=page, test=test, by=request.user)
        messages.success(request, gettext("“%(name)s” is a test now.") % {"name": made.name})
    except actions.TooManyTests:
        messages.error(request, too_many())


DEEDS = {"run": _run, "accept": _accept, "duplicate": _duplicate}


@require_http_methods(["GET", "HEAD", "POST"])
def test_delete(request: HttpRequest, pk: int, test: int) -> HttpResponse:
    """Asks first."""
    page, one = _found(request, pk, test)
    if request.method == "POST":
        actions.delete(test=one, by=request.user)
        messages.success(request, gettext("“%(name)s” is deleted.") % {"name": one.name})
        return _back(page)
    back = reverse("script-tests", args=[page.pk])
    return render(request, "content/test_delete.html", {"page": page, "test": one, "back": back})
