"""Whether two definitions differ in their texts alone."""

from typing import Any, Final

from builder.definition.nodes import Definition
from builder.definition.serialize import data

TEXTS: Final = frozenset(
    {"title", "label", "hint", "text", "message", "explanation", "entry_label", "languages"}
)


def same_but_texts(before: Definition, after: Definition) -> bool:
    """Whether a version would be flagged as one of texts only."""
    return bool(_structure(data(before)) == _structure(data(after)))


def _structure(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _structure(value) for key, value in part.items() if key not in TEXTS}
    return [_structure(value) for value in part] if isinstance(part, list) else part
