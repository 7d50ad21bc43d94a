"""The only writer of Person, Unit and the roles of a user: a noun a module, the face here."""

from runtime.people.actions.persons import (
    THEMES,
    bump_epoch,
    create_person,
    ensure_person,
    ensure_roles,
    note_link,
    set_active,
    set_name,
    set_preferences,
    set_roles,
    set_unit,
)
from runtime.people.actions.units import (
    NotEmpty,
    NotThere,
    create_unit,
    deactivate_unit,
    move_unit,
    reactivate_unit,
    rename_unit,
)

__all__ = [
    "THEMES",
    "NotEmpty",
    "NotThere",
    "bump_epoch",
    "create_person",
    "create_unit",
    "deactivate_unit",
    "ensure_person",
    "ensure_roles",
    "move_unit",
    "note_link",
    "reactivate_unit",
    "rename_unit",
    "set_active",
    "set_name",
    "set_preferences",
    "set_roles",
    "set_unit",
]
