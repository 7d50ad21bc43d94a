"""Views, all that a screen needs of a state on a day, as JSON data; and patches, which take one view to the next."""

from collections.abc import Mapping
from typing import Any, Final

View = dict[str, Any]
# The parts of a view that are maps: a patch holds their changed members, None for one that is gone.
MAPS: Final = ("questions", "items", "sections", "outcomes", "texts")


def patched(before: View, patch: Mapping[str, Any]) -> View:
    """The view after a patch; the old one stays as it is."""
    after = {**before, **{part: dict(before[part]) for part in MAPS}}
    for part, changed in patch.items():
        if part not in MAPS:
            after[part] = changed
            continue
        for key, shown in changed.items():
            after[part].pop(key, None)
            if shown is not None:
                after[part][key] = shown
    return after


def effective(seen: Mapping[str, Any]) -> Any:
    """The answer of a viewed question that counts: a hidden one and a text that could not be read are Missing."""
    unread = any(problem["code"] == "unreadable" for problem in seen["problems"])
    return None if unread or not seen["relevant"] else seen["value"]
