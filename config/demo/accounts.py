"""The demo's accounts: one for each role, known to the login page, the set-up and the README.

Their addresses end in `DOMAIN`, a domain that can never exist; that is how production knows and refuses them.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

DOMAIN = "demo.invalid"
PASSWORD = "scriptorium demo"  # noqa: S105  printed on the login page of the demo


@dataclass(frozen=True)
class Account:
    """`name` signs in; `does` says what for."""

    name: str
    full_name: tuple[str, str]
    roles: tuple[str, ...]
    does: str

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"


ACCOUNTS = (
    Account(
        "editor",
        ("Edith", "Vermeer"),
        ("editor",),
        _("writes and publishes scripts, forms and documents"),
    ),
    Account("trainer", ("Tom", "Declercq"), ("trainer",), _("writes lessons")),
    Account("reviewer", ("Rita", "Maes"), ("reviewer",), _("approves content")),
    Account("agent", ("Amina", "Lambert"), ("agent",), _("calls people through the scripts")),
    Account(
        "newcomer", ("Noah", "Jacobs"), ("agent",), _("an agent who has not passed the lesson yet")
    ),
    Account("supervisor", ("Simon", "Peeters"), ("supervisor",), _("runs campaigns and queues")),
    Account("officer", ("Olga", "Dubois"), ("data_officer",), _("exports, feeds, documents")),
    Account("admin", ("Ada", "Willems"), ("admin",), _("people, roles, version history")),
    Account("auditor", ("Axel", "Claes"), ("auditor",), _("reads the access log")),
)
