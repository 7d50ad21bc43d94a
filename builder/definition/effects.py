"""The effects an outcome may name, with the kinds of their arguments. Handlers are bound in `config/binding.py`.

Kinds: `code` (of something kept elsewhere: a document, a campaign, a skill), `date` (the name of a date in this
definition), `repeat` (the name of a repeat), `number` (a whole number, written out). A `?` makes it optional.
"""

from typing import Final

EFFECTS: Final[dict[str, dict[str, str]]] = {
    "issue_document": {"document": "code", "valid_from": "date?", "valid_until": "date?"},
    "spawn_items": {"repeat": "repeat", "campaign": "code"},
    "grant_skill": {"skill": "code", "days": "number"},
}
