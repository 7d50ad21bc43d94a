"""Who approved what: the reviews a definition needs, the approvals it has, and who may still give one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Page

from builder import definition as definitions
from builder import publish as publishing
from builder.definition import Definition
from builder.definition.sameness import same_but_texts
from content.reviews.models import Approval, Asking, Emergency

WRITTEN = ("title", "body", "outcomes", "pass_percent", "skill", "days", "subject_app")


@dataclass(frozen=True)
class Need:
    """A review that a definition needs, with the approvals it has."""

    task: Asking
    needed: int
    given: tuple[Approval, ...]

    @property
    def met(self) -> bool:
        return len(self.given) >= self.needed


def workflow_of(page: Any) -> Any:
    """The page's workflow; of a translation without one that of its source, of a page to be made that of its place."""
    if not page.pk:
        under = getattr(page, "under", None)
        return under.get_workflow() if under is not None else None
    return page.get_workflow() or publishing.family(page)[0].get_workflow()


def tasks_of(page: Any) -> list[Asking]:
    """The reviews that its workflow has, in order."""
    workflow = workflow_of(page)
    if workflow is None:
        return []
    steps = workflow.tasks.filter(active=True).specific()
    return [step for step in steps if isinstance(step, Asking)]


def needs(page: Any, definition: Definition, *, required: bool = False) -> list[Need]:
    """What must be approved before the definition is released; nothing where it only says less than what is live."""
    tasks = [task for task in tasks_of(page) if task.required or not required]
    if not tasks:
        return []
    live = publishing.latest(page)
    if live is not None and _only_less(live, definition):
        return []
    return [need_of(task, page, definition, live) for task in tasks]


def need_of(task: Asking, page: Any, definition: Definition, live: Any = None) -> Need:
    """One review of one definition. Somebody's approvals count once."""
    sha256 = definitions.sha256(definition)
    rows = Approval.objects.filter(task=task, translation_key=page.translation_key, sha256=sha256)
    needed = task.needed
    live = live or publishing.latest(page)
    if task.texts_needed is not None and live is not None and same_but_texts(live, definition):
        needed = min(needed, task.texts_needed)
    return Need(task, needed, tuple(rows.order_by("at", "pk")))


def _only_less(live: Definition, definition: Definition) -> bool:
    """Nothing new is said: the same, or a language was taken away."""
    kept = _in_languages(definitions.data(live), live.languages, definition.languages)
    return bool(kept == definitions.data(definition))


def _in_languages(part: Any, known: tuple[str, ...], kept: tuple[str, ...]) -> Any:
    """A definition's data with its texts in these languages alone."""
    if isinstance(part, dict):
        is_text = bool(part) and set(part) <= set(known)
        pairs = ((key, value) for key, value in part.items() if not is_text or key in kept)
        found = {key: _in_languages(value, known, kept) for key, value in pairs}
        return {**found, "languages": list(kept)} if "languages" in part else found
    return [_in_languages(each, known, kept) for each in part] if isinstance(part, list) else part


def reviewers(task: Asking) -> Any:
    """Whoever may review now."""
    users = get_user_model().objects.filter(is_active=True, groups__in=task.groups.all())
    chosen = list(task.people.values_list("pk", flat=True))
    return (users.filter(pk__in=chosen) if chosen else users).distinct()


def able(task: Asking, page: Any) -> list[Any]:
    """Whoever may approve this draft: its authors only where their own work counts too."""
    wrote = set() if task.own else authors(page)
    return [user for user in reviewers(task) if user.pk not in wrote]


def authors(page: Page) -> set[int]:
    """Whoever changed what is written since the page was last released; a comment is no change."""
    rows = page.revisions.order_by("created_at", "pk")
    live = page.live_revision
    if live is not None:
        rows = rows.filter(created_at__gt=live.created_at)
    before = _written(live) if live is not None else None
    found = set()
    for row in rows.iterator(chunk_size=20):
        now = _written(row)
        if now != before and row.user_id:
            found.add(row.user_id)
        before = now
    return found


def _written(revision: Any) -> tuple[Any, ...]:
    return tuple(revision.content.get(field) for field in WRITTEN)


def may_approve(task: Asking, page: Any, user: Any) -> bool:
    return task.own or user.pk not in authors(page)


def has_approved(task: Asking, page: Any, user: Any) -> bool:
    """Whether this person has approved the draft as it is written now."""
    newest = page.latest_revision
    rows = Approval.objects.filter(task=task, translation_key=page.translation_key, by=user)
    given = rows.order_by("-pk").first()
    if given is None or newest is None:
        return False
    if given.revision == newest.pk:
        return True
    approved = page.revisions.filter(pk=given.revision).first()
    return approved is not None and _written(approved) == _written(newest)


def evidence_of(page: Any, definition: Definition) -> Iterator[dict[str, Any]]:
    """Who approved this definition, as plain JSON."""
    sha256 = definitions.sha256(definition)
    rows = Approval.objects.filter(translation_key=page.translation_key, sha256=sha256)
    for each in rows.order_by("at", "pk"):
        yield {
            "review": each.task_name,
            "kind": each.kind,
            "by": each.by_name,
            "at": each.at.isoformat(),
            "revision": each.revision,
            "comment": each.comment,
            "sha256": sha256,
        }
    for each in Emergency.objects.filter(
        translation_key=page.translation_key, sha256=sha256, confirmed_at__isnull=False
    ).select_related("asked_by", "confirmed_by"):
        names = [_name(user) for user in (each.asked_by, each.confirmed_by)]
        yield {
            "review": "",
            "kind": "emergency",
            "by": ", ".join(names),
            "at": each.confirmed_at.isoformat(),
            "asked_by": names[0],
            "confirmed_by": names[1],
            "comment": each.reason,
            "sha256": sha256,
        }


def _name(user: Any) -> str:
    return "" if user is None else str(user.get_full_name() or user.get_username())
