"""A newer version of the small call: a question removed, one renamed, one that has to be asked."""

import copy
import json
import uuid
from typing import Any

from django.utils import timezone

from builder.definition import dump, load
from builder.models import Version
from runtime.records import following
from runtime.records.models import CarryOver
from tests.unit.records.scenes import CALL, question

RENAMES = {"persons": "people"}


def changed() -> dict[str, Any]:
    """`colours` is gone, `persons` is `people`, `email` is required and new."""
    made = copy.deepcopy(CALL)
    items = made["sections"][0]["items"]
    made["sections"][0]["items"] = [
        *(
            item | {"name": RENAMES.get(item["name"], item["name"])}
            for item in items
            if item["name"] != "colours"
        ),
        question("email", "email", required=True),
    ]
    return made


def release(
    version: Version, when: str, made: Any = None, renames: dict[str, str] | None = None
) -> CarryOver:
    """The next version of the app, and what was said of its open records."""
    text = dump(load(json.dumps(made or changed())))
    last = version.app.versions.order_by("-number")[0].number
    renamed = RENAMES if renames is None else renames
    newer = Version.objects.create(
        app=version.app,
        number=last + 1,
        sha256=uuid.uuid4().hex * 2,
        definition=text,
        evidence={"carry_over": {"when": when, "renames": renamed}},
        created_at=timezone.now(),
    )
    carry = following.begin(newer)
    assert carry is not None
    return carry
