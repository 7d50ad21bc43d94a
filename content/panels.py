"""The panels that content itself has for the first page of the workshop: drafts, reviews, translations, releases, apps."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Revision, TaskState, WorkflowState

from builder import publish as publishing
from builder.models import App
from content import emergency_panels, test_panels, translations
from content.home import Panel, Row, bind
from content.models import PAGES, AppPage, Proposal
from content.proposals.actions import RIGHT
from content.reviews import counting
from content.reviews.task import ReviewTask

LOOKED_AT = 60  # pages of a kind: who has more drafts than that finds them under "Pages"


def bind_all() -> None:
    """Called once, when Django is ready."""
    for panel in (*PANELS, emergency_panels.PANEL, test_panels.PANEL):
        bind(panel)


def writes(user: Any) -> bool:
    """Whether somebody may write pages anywhere."""
    return _in(user, "editor", "trainer", "admin")


def reviews(user: Any) -> bool:
    """Whether somebody reviews anything."""
    return any(task.has_reviewer(user) for task in ReviewTask.objects.filter(active=True))


def _in(user: Any, *roles: str) -> bool:
    return bool(user.groups.filter(name__in=roles).exists())


def _edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _day(moment: dt.datetime) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")


def _pages(**filters: Any) -> Iterator[Any]:
    for kind in PAGES.values():
        rows = kind.objects.filter(alias_of=None, **filters).select_related("locale")
        yield from rows.order_by("-latest_revision_created_at", "pk")[:LOOKED_AT]


def my_drafts(user: Any, now: dt.datetime) -> Iterator[Row]:
    """What this person wrote last and is not released."""
    for page in _pages(has_unpublished_changes=True, latest_revision__user=user):
        if page.current_workflow_state is None:
            facts = [page.locale.language_code.upper(), _day(page.latest_revision_created_at)]
            facts.append(gettext("a draft waits") if page.live else gettext("never released"))
            yield Row(page.get_admin_display_title(), _edit(page), tuple(facts))


def to_review(user: Any, now: dt.datetime) -> list[Row]:
    """What this person may approve now, the one that is due first on top."""
    found = []
    for state in TaskState.objects.reviewable_by(user).select_related("task", "revision"):
        page, task = state.revision.content_object, state.task.specific
        if page is None or not _may_still(task, page, user):
            continue
        due = getattr(state.specific, "due_at", None)
        facts = [task.name, *_progress(task, page.specific)]
        facts += [gettext("due %(day)s") % {"day": _day(due)}] if due else []
        late = due is not None and due < now
        row = Row(
            page.get_admin_display_title(), reverse("review", args=[page.pk]), tuple(facts), late
        )
        found.append((due or dt.datetime.max.replace(tzinfo=dt.UTC), state.pk, row))
    return [row for _due, _pk, row in sorted(found, key=lambda each: each[:2])]


def _may_still(task: Any, page: Any, user: Any) -> bool:
    return any(name == "approve" for name, _label, _modal in task.get_actions(page, user))


def _progress(task: Any, page: Any) -> list[str]:
    """How many have approved; nothing of a step that is not ours."""
    if not isinstance(task, ReviewTask) or task.needed == 1:
        return []
    names = {
        user.pk for user in counting.reviewers(task) if counting.has_approved(task, page, user)
    }
    return [
        gettext("%(given)s of %(needed)s approvals") % {"given": len(names), "needed": task.needed}
    ]


def submitted(user: Any, now: dt.datetime) -> Iterator[Row]:
    """What became of what this person sent for review."""
    rows = WorkflowState.objects.active().filter(requested_by=user).order_by("-created_at")
    for state in rows.select_related("current_task_state__task"):
        page, step = state.content_object, state.current_task_state
        if page is None or step is None:
            continue
        back = state.status == WorkflowState.STATUS_NEEDS_CHANGES
        if back:
            facts = [gettext("sent back: %(why)s") % {"why": step.comment[:120]}]
        else:
            facts = [gettext("waits for “%(task)s”") % {"task": step.task.name}]
            facts += _progress(step.task.specific, page.specific)
        yield Row(
            page.get_admin_display_title(), reverse("review", args=[page.pk]), tuple(facts), back
        )


def overdue(user: Any, now: dt.datetime) -> Iterator[Row]:
    """Every review whose date has passed."""
    from content.reviews.models import ReviewState

    late = ReviewState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, due_at__lt=now)
    for state in late.select_related("task", "revision").order_by("due_at"):
        page = state.revision.content_object
        if page is not None:
            facts = (state.task.name, gettext("due %(day)s") % {"day": _day(state.due_at)})
            yield Row(
                page.get_admin_display_title(), reverse("review", args=[page.pk]), facts, True
            )


def stale(user: Any, now: dt.datetime) -> Iterator[Row]:
    """Languages of what is live in which texts are missing, or were translated before they changed."""
    for page in _pages(live=True, locale=Locale.get_default()):
        definition = publishing.latest(page)
        if definition is None or not _edits(page, user):
            continue
        for language in definition.languages[1:]:
            found = translations.standing(page.translation_key, definition, language)
            if not found.whole:
                numbers = {"stale": len(found.stale), "missing": len(found.missing)}
                facts = (
                    language.upper(),
                    gettext("%(stale)s stale, %(missing)s missing") % numbers,
                )
                address = reverse("translations", args=[page.pk])
                yield Row(page.get_admin_display_title(), address, facts)


def _edits(page: AppPage, user: Any) -> bool:
    return bool(page.permissions_for_user(user).can_edit())


def to_come(user: Any, now: dt.datetime) -> list[Row]:
    """What goes live, or ends, at a date; the next one first."""
    waiting = Revision.objects.page_revisions().filter(approved_go_live_at__isnull=False)
    found = [(each.approved_go_live_at, each.content_object, True) for each in waiting]
    ending = Page.objects.filter(expire_at__gt=now, live=True).specific()
    found += [(page.expire_at, page, False) for page in ending]
    rows = []
    for moment, page, begins in sorted(found, key=lambda each: each[0]):
        if isinstance(page, AppPage) and _edits(page, user):
            word = gettext("goes live %(day)s") if begins else gettext("ends %(day)s")
            rows.append(
                Row(page.get_admin_display_title(), _edit(page), (word % {"day": _day(moment)},))
            )
    return rows


def apps(user: Any, now: dt.datetime) -> Iterator[Row]:
    """Every app with its live version."""
    for app in App.objects.order_by("title", "code"):
        newest = app.versions.order_by("-number").defer("definition", "bodies").first()
        if newest is not None:
            facts = [
                gettext("version %(number)s") % {"number": newest.number},
                _day(newest.created_at),
            ]
            facts += [] if app.open else [gettext("closed")]
            yield Row(app.title, reverse("versions", args=[app.code]), tuple(facts))


def to_decide(user: Any, now: dt.datetime) -> Iterator[Row]:
    """Proposals that wait for a decision, the urgent first."""
    rows = Proposal.objects.filter(state=Proposal.State.NEW).select_related("app")
    for each in rows.order_by("priority", "pk"):
        facts = (each.app.title, *([each.place] if each.place else []))
        address = reverse("proposal", args=[each.pk])
        yield Row(f"{each} {each.change[:60]}", address, facts)


def decides(user: Any) -> bool:
    """Whether somebody is of the committee."""
    return bool(user.has_perm(RIGHT))


PANELS = (
    Panel(
        "to-review", _("Waiting for your review"), to_review, reviews,
        _("Nothing waits for your review. You get a mail when somebody submits a draft."), 10,
    ),
    Panel(
        "my-drafts", _("Your drafts"), my_drafts, writes,
        _("You have no open draft. Open a page below, or add one under “Pages”."), 20,
    ),
    Panel(
        "submitted", _("What you submitted"), submitted, writes,
        _("Nothing of yours is under review. In the editor, “Submit to Review” at the bottom sends a draft to the reviewers."), 30,
    ),
    Panel("proposals", _("Proposals to decide"), to_decide, decides, "", 50, lambda: reverse("proposals")),
    Panel("overdue", _("Overdue reviews"), overdue, lambda user: _in(user, "reviewer", "admin"), "", 40),
    Panel("stale", _("Stale translations"), stale, writes, "", 60),
    Panel("to-come", _("Releases to come"), to_come, lambda user: True, "", 70),
    Panel("apps", _("Apps"), apps, lambda user: True, "", 90, lambda: reverse("apps")),
)  # fmt: skip
