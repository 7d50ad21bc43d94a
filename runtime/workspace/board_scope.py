"""What a page of the board is about: everything, a queue or a campaign, as far as its reader may see it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from runtime.queues.board import Scope, scope_of
from runtime.queues.models import Campaign, Queue
from runtime.queues.sight import Sight, seen_by


@dataclass(frozen=True, slots=True)
class About:
    """`row` is the queue or campaign, None where it is all."""

    sight: Sight
    scope: Scope
    row: Queue | Campaign | None = None
    kind: str = ""

    @property
    def title(self) -> str:
        return self.row.title if self.row is not None else _("All queues")

    @property
    def query(self) -> str:
        """For the addresses of the pages beside it."""
        told = QueryDict(mutable=True)
        if self.row is not None:
            told[self.kind] = self.row.code
        return told.urlencode()

    @property
    def address(self) -> str:
        return f"{reverse('board')}?{self.query}" if self.query else reverse("board")


def about(request: HttpRequest, data: Any = None) -> About:
    """From `?queue=` or `?campaign=` (codes). Raises `Http404` for what is not there or may not be seen."""
    told, sight = request.GET if data is None else data, seen_by(request.user)
    for kind, model, seen in (
        ("campaign", Campaign, sight.campaigns),
        ("queue", Queue, sight.queues),
    ):
        code = told.get(kind, "")
        if not code:
            continue
        if "\0" in code:
            raise Http404
        row = model.objects.filter(code=code[:63], pk__in=seen).first()  # type: ignore[attr-defined]
        if row is None:
            raise Http404
        return About(sight, scope_of(sight, **{kind: row.pk}), row, kind)
    return About(sight, scope_of(sight))
