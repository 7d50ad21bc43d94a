"""What an author says of a release before it happens: which removed question is now which new one, and when open records follow.

It is said of the page family and holds until the next version is made, which keeps it for ever (`Version.evidence`, "carry_over");
what no longer holds between the two definitions by then is left out. The only writer of ReleasePlan.
"""

import uuid
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import F
from django.utils import timezone

from builder.definition import Definition
from builder.definition.renames import composed, valid
from builder.definition.touched import lossless
from builder.models import ReleasePlan, Version
from builder.problems import gettext_noop as _

NOW: Final = "now"
OPENING: Final = "opening"
NEVER: Final = "never"
WHEN: Final[Mapping[str, str]] = {
    NOW: _("now, in the background"),
    OPENING: _("when they are opened next"),
    NEVER: _("never: they stay on their version"),
}
FOLLOWING: Final = frozenset(
    {"script", "form"}
)  # a lesson is ended on the version it was begun on
KEPT_AS: Final = "carry_over"


def plan_of(translation_key: uuid.UUID) -> ReleasePlan | None:
    """What was said of the next release of this page family."""
    return ReleasePlan.objects.filter(translation_key=translation_key).first()


def keep_plan(
    *, translation_key: uuid.UUID, renames: Mapping[str, str], when: str, by: Any
) -> None:
    """Say it; what was said before is replaced."""
    if when not in WHEN:
        raise ValueError(f"unknown time {when}")
    ReleasePlan.objects.update_or_create(
        translation_key=translation_key,
        defaults={"renames": dict(renames), "when": when, "by": by, "at": timezone.now()},
    )


def usual(before: Definition, after: Definition, renames: Mapping[str, str]) -> str:
    """When open records follow if nobody said anything: at their next opening where that cannot cost an answer, else never."""
    return OPENING if lossless(before, after, renames) else NEVER


def evidence(
    translation_key: uuid.UUID, before: Definition | None, after: Definition
) -> dict[str, Any]:
    """What the next version keeps of the plan. Nothing for a first version, and where no record follows."""
    if before is None or after.kind not in FOLLOWING:
        return {}
    plan = plan_of(translation_key)
    renames = valid(before, after, plan.renames if plan else {})
    when = plan.when if plan else usual(before, after, renames)
    said = {"by": str(plan.by or ""), "at": plan.at.isoformat()} if plan else {}
    return {KEPT_AS: {"when": when, "renames": renames, **said}}


def done(translation_key: uuid.UUID) -> None:
    """The version is made; the next one is spoken of anew."""
    ReleasePlan.objects.filter(translation_key=translation_key).delete()


def when_of(version: Version) -> str:
    """When open records follow to this version."""
    return str(version.evidence.get(KEPT_AS, {}).get("when", NEVER))


def renames_between(app_id: int, before: int, after: int) -> dict[str, str]:
    """The new names of what has another name in the version of number `after` than in the one of number `before`."""
    rows = Version.objects.filter(app_id=app_id, number__gt=before, number__lte=after)
    found: dict[str, str] = {}
    for kept in rows.order_by(F("number")).values_list("evidence", flat=True):
        found = composed(found, kept.get(KEPT_AS, {}).get("renames", {}))
    return found
