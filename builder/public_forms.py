"""Which apps citizens may fill by themselves: said on the page, kept beside the app when the page is published.

It is no part of a definition: a form is opened to the public, or closed, without a new version of its questions. The only writer of
PublicForm.
"""

from collections.abc import Sequence
from typing import Any, Final

from builder.definition import Definition, Outcome
from builder.models import App, PublicForm
from builder.problems import Problem, gettext_noop

KINDS: Final = frozenset({"script", "form"})
REACHED: Final = "reached"
NO_END = gettext_noop("People cannot send this public form: no outcome can end it.")
NO_END_REMEDY = gettext_noop(
    "Add an outcome that needs all required answers and counts as reached, or close the form to the public."
)


def ends(definition: Definition) -> tuple[Outcome, ...]:
    """The outcomes that a form may be sent with: those that need all answers and count as reached, in their order."""
    return tuple(
        each for each in definition.outcomes if each.complete and each.disposition == REACHED
    )


def problems_of(source: Any, definition: Definition) -> list[Problem]:
    """What is wrong with opening this page to the public."""
    if not is_public(source) or definition.kind not in KINDS or ends(definition):
        return []
    return [Problem("no_public_end", "", NO_END, NO_END_REMEDY)]


def is_public(page: Any) -> bool:
    """Whether the page says so; pages of other kinds cannot."""
    return bool(getattr(page, "public", False))


def keep(app: App, pages: Sequence[Any]) -> None:
    """What the pages of the family say, the source first: whether it is open, and the texts of each language."""
    source = pages[0]
    if not is_public(source) and not PublicForm.objects.filter(app=app).exists():
        return
    speaking = [page for page in pages if page is source or page.live]
    texts = {
        page.locale.language_code: {"before": page.public_before, "after": page.public_after}
        for page in speaking
    }
    PublicForm.objects.update_or_create(
        app=app, defaults={"open": is_public(source), "texts": texts}
    )


def open_form(code: str) -> PublicForm | None:
    """The public form of this code; None where there is none, or it is closed."""
    rows = PublicForm.objects.select_related("app").filter(app__code=code, app__open=True)
    return rows.filter(open=True, app__kind__in=KINDS).first()
