"""Feeds: what is sent, to whom, under which names; sending and sending again. For data officers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from builder.definition import CLEARANCE_WORDS
from exports.feeds import actions
from exports.feeds.forms import FeedForm
from exports.feeds.mapping import MappingRefused, sources
from exports.feeds.models import Delivery, Feed, Institute
from exports.feeds.preview import preview
from exports.feeds.wording import mapping_problem
from exports.vaulted import VaultError
from exports.views.answers import told

FORM = ["GET", "HEAD", "POST"]
MOST_DELIVERIES = 50


@never_cache
@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """All feeds and institutes."""
    context = {
        "feeds": Feed.objects.select_related("institute", "app"),
        "institutes": Institute.objects.prefetch_related("feeds"),
    }
    return render(request, "exports/feeds.html", context)


@never_cache
@require_http_methods(FORM)
def feed_new(request: HttpRequest) -> HttpResponse:
    """A new feed; its columns come next."""
    form = FeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            feed = actions.create_feed(
                code=given["code"],
                institute=given["institute"],
                app=given["app"],
                draft=_draft(given),
                by=request.user,
            )
        except actions.FolderRefused as refused:
            form.add_error("folder", str(refused))
        else:
            return redirect("feed-columns", code=feed.code)
    return render(
        request,
        "exports/form.html",
        {"form": form, "heading": _("New feed")},
        status=_status(form),
    )


@never_cache
@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """A feed with its columns and deliveries."""
    found = _feed(code)
    if found is None:
        return _no_feed(request)
    context = {"feed": found, "deliveries": found.deliveries.all()[:MOST_DELIVERIES]}
    return render(request, "exports/feed.html", context)


@never_cache
@require_http_methods(FORM)
def feed_change(request: HttpRequest, code: str) -> HttpResponse:
    """Title, folder, purpose, whether it is in use."""
    found = _feed(code)
    if found is None:
        return _no_feed(request)
    form = FeedForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_feed(feed=found, draft=_draft(form.cleaned_data), by=request.user)
        except actions.FolderRefused as refused:
            form.add_error("folder", str(refused))
        else:
            return redirect("feed", code=code)
    return render(
        request, "exports/form.html", {"form": form, "heading": found.title}, status=_status(form)
    )


@never_cache
@require_http_methods(FORM)
def feed_columns(request: HttpRequest, code: str) -> HttpResponse:
    """The mapping: beside each source the name of its column; a blank name is not sent."""
    found = _feed(code)
    if found is None:
        return _no_feed(request)
    offered = sources(found, translation.get_language() or "en")
    named = {each["source"]: each["column"] for each in found.columns}
    problem = ""
    if request.method == "POST":
        named = {
            source.name: request.POST.get(f"column:{source.name}", "").strip()
            for source in offered
        }
        columns = [
            {"source": source, "column": column} for source, column in named.items() if column
        ]
        try:
            actions.set_columns(feed=found, columns=columns, by=request.user)
        except MappingRefused as refused:
            problem = mapping_problem(refused)
        else:
            messages.success(request, _("The columns are kept; the next delivery has them."))
            return redirect("feed", code=code)
    rows = [
        (source, _(CLEARANCE_WORDS[source.clearance]), named.get(source.name, ""))
        for source in offered
    ]
    context = {"feed": found, "rows": rows, "problem": problem}
    return render(request, "exports/feed_columns.html", context, status=400 if problem else 200)


@never_cache
@require_POST
def feed_preview(request: HttpRequest, code: str) -> HttpResponse:
    """The first rows as they would leave; each opening is logged."""
    found = _feed(code)
    if found is None:
        return _no_feed(request)
    head, rows = preview(feed=found, by=request.user)
    return render(
        request, "exports/feed_preview.html", {"feed": found, "head": head, "rows": rows}
    )


@never_cache
@require_POST
def feed_send(request: HttpRequest, code: str) -> HttpResponse:
    """Sends what is new; says so where nothing is."""
    found = _feed(code)
    if found is None:
        return _no_feed(request)
    if not found.open or not found.columns:
        messages.warning(
            request, _("Nothing was sent: the feed is not in use, or it has no columns yet.")
        )
        return redirect("feed", code=code)
    try:
        delivery = actions.deliver(feed=found, by=request.user, now=timezone.now())
    except (actions.FolderRefused, VaultError) as error:
        messages.error(
            request, _("Not sent; it can be tried again. %(reason)s") % {"reason": error}
        )
        return redirect("feed", code=code)
    _say(request, delivery)
    return redirect("feed", code=code)


@never_cache
@require_POST
def feed_resend(request: HttpRequest, code: str, sequence: int) -> HttpResponse:
    """Writes a batch again, as it was."""
    found = _feed(code)
    delivery = found.deliveries.filter(sequence=sequence).first() if found else None
    if found is None or delivery is None:
        return _no_feed(request)
    try:
        again = actions.resend(delivery=delivery, by=request.user, now=timezone.now())
    except (actions.FolderRefused, VaultError) as error:
        messages.error(
            request, _("Not sent; it can be tried again. %(reason)s") % {"reason": error}
        )
    else:
        messages.success(
            request,
            _("%(file)s was written again, the same as before.") % {"file": again.file_name},
        )
    return redirect("feed", code=code)


def _say(request: HttpRequest, delivery: Delivery | None) -> None:
    if delivery is None:
        messages.info(request, _("Nothing new: all closed records have been sent."))
        return
    text = _("Sent: %(file)s with %(rows)s rows.") % {
        "file": delivery.file_name,
        "rows": delivery.rows,
    }
    messages.success(request, text)


def _draft(given: dict[str, Any]) -> actions.Draft:
    return actions.Draft(given["title"], given["folder"], given["purpose"], given["open"])


def _feed(code: str) -> Feed | None:
    return Feed.objects.select_related("institute", "app").filter(code=code).first()


def _no_feed(request: HttpRequest) -> HttpResponse:
    return told(
        request,
        status=404,
        heading=_("No such feed"),
        text=_("There is no such feed or delivery."),
    )


def _status(form: Any) -> int:
    return 400 if form.errors else 200
