"""Deny by default, over the whole URLconf: who may come to which address.

`ALLOWED` says once more, in the words of the documentation and independently of `config.access`, which roles each address
of ours is for. A view without a row fails here, and so does a row that this table does not know.
"""

import uuid
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.exceptions import NoReverseMatch, Resolver404

from config.access import ROUTES, ROWS, row_of
from runtime.people.roles import ROLES

EVERYBODY = set(ROLES)
CASEWORK = {"agent", "supervisor"}
READERS = {"admin", "editor", "trainer", "reviewer", "supervisor", "data_officer"}
ALLOWED: dict[str, set[str]] = {
    name: roles
    for names, roles in (
        ("home my-settings projection long-list", EVERYBODY),
        ("claim item item-attempt item-dispose item-release start", {"agent"}),
        ("record", CASEWORK | {"trainer"}),  # a supervisor reads, who takes a lesson fills
        (
            "record-section record-token record-finish unsent-keys",
            CASEWORK | {"trainer"},  # a supervisor amends
        ),
        ("record-continue", {"agent"}),
        ("record-reopen", CASEWORK),
        ("amendments amendment-seen", {"supervisor"}),
        ("replay replay-step", {"auditor", "supervisor"}),
        ("record-late find party", CASEWORK),
        ("calls call call-take call-begin call-mine pop my-telephone", {"agent"}),
        ("telephone telephone-told inside-let-in", {"agent"}),
        ("verification verification-end", {"agent"}),
        ("telephony", {"admin"}),
        ("item-invite", CASEWORK),
        ("records", CASEWORK | {"data_officer"}),
        ("save upload record-settle item-heartbeat", set()),  # a run token, never a role
        ("file", CASEWORK | {"trainer"}),
        ("file-small", CASEWORK | {"trainer"}),
        ("lesson", {"agent", "trainer"}),
        (
            "campaigns campaign-new campaign campaign-load campaign-edit campaign-close campaign-open",
            {"supervisor"},
        ),
        (
            "board board-live board-pause board-items board-report board-report-file",
            {"supervisor"},
        ),
        ("bulks bulk-new bulk bulk-progress bulk-turn", {"supervisor"}),
        ("campaign-figures campaign-facts campaign-simulations", {"supervisor"}),
        ("simulation simulation-progress simulation-stop simulation-again", {"supervisor"}),
        ("bars bars-list bar-lift", {"supervisor", "data_officer"}),
        ("party-bar doubles double-decide", {"supervisor"}),
        ("inboxes inbox-stop", {"admin"}),
        ("import import-progress import-stop import-again", {"supervisor"}),
        ("import-load import-columns import-left-out import-forget", {"supervisor"}),
        (
            "queues queue-new queue-edit policy-new policy-edit skill-new skill-edit",
            {"supervisor"},
        ),
        ("apps versions version comparison dictionary export-codebook", READERS),
        ("carry-over carry-over-progress", READERS),
        ("carry-over-now carry-over-undo", {"editor", "supervisor"}),
        ("version-label version-label-off", {"admin", "editor", "trainer", "reviewer"}),
        ("retention retention-app hold-new hold-lift", {"data_officer", "admin"}),
        ("erase-person erased", {"data_officer"}),
        ("history history-on access-log", {"admin", "auditor"}),
        ("glass glass-end", CASEWORK),
        ("glass-breaks glass-judged", {"data_officer"}),
        ("propose proposals proposal", READERS | {"agent", "auditor"}),
        (
            "effects effect-retry effect-give-up effects-again effect-log series series-end",
            {"admin", "supervisor"},
        ),
        ("channels channel-new channel", {"admin"}),
        ("people person-new person person-link", {"admin"}),
        ("units unit unit-move unit-off unit-on", {"admin", "supervisor"}),
        (
            "account-lists account-list account-list-go account-list-stop account-list-again "
            "account-list-progress account-list-left",
            {"admin", "supervisor"},
        ),
        ("api-tokens api-token-new api-token-revoke", {"admin"}),
        ("exports export-csv export-entries", {"data_officer"}),
        ("documents document-pdf", CASEWORK | {"data_officer"}),
        ("document-revoke", {"supervisor", "data_officer"}),
        (
            "feeds feed-new feed feed-change feed-columns feed-preview feed-send feed-resend",
            {"data_officer"},
        ),
        ("institute-new institute", {"data_officer"}),
    )
    for name in names.split()
}
PUBLIC = (
    {
        "healthz",
        "verify",
        "verify-code",
        "call-webhook",
        "api-page",
        "api-document",
        "api-nowhere",
        "inside",
        "inside-calls",
        "workshop-login",
        "wagtailadmin_logout",
    }
    | {
        f"account_{name}"
        for name in [
            "login",
            "logout",
            "inactive",
            "signup",
            "reset_password",
            "reset_password_done",
            "reset_password_from_key",
            "reset_password_from_key_done",
            "email_verification_sent",
            "confirm_email",
            "confirm_login_code",
        ]
    }
    | {"mfa_authenticate"}
    | {
        f"public-{name}"
        for name in (
            [
                "form",
                "link",
                "continue",
                "fill",
                "check",
                "send",
                "done",
                "later",
                "file",
                "file-small",
                "definition",
                "list",
            ]
        )
    }
)
# Values for the holes of addresses: whatever is asked for does not exist.
HOLES = {
    "uuid": uuid.UUID(int=1), "int": 987654, "slug": "nothing", "str": "nothing", "path": "nothing", None: "nothing",
}  # fmt: skip


def patterns(
    resolver: URLResolver | None = None, route: str = "", inside: tuple[str, ...] = ()
) -> Iterator[tuple[str, str | None, tuple[str, ...], URLPattern]]:
    """(route, name, namespaces, pattern) of every view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            names = (*inside, pattern.namespace) if pattern.namespace else inside
            yield from patterns(pattern, here, names)
        else:
            yield here, pattern.name, inside, pattern


def has_row(route: str, name: str | None, namespaces: tuple[str, ...]) -> bool:
    return (name in ROWS and not namespaces) or any(
        route.startswith(beginning) for beginning, _ in ROUTES
    )


def ours() -> list[tuple[str, str]]:
    """(name, an address) of every view outside the installed packages."""
    found = []
    for route, name, namespaces, pattern in patterns():
        if route.startswith(("admin/", "accounts/")) or namespaces or name is None:
            continue
        holes = {hole: _value(converter) for hole, converter in pattern.pattern.converters.items()}
        try:
            found.append((name, reverse(name, kwargs=holes)))
        except NoReverseMatch as problem:  # pragma: no cover - the message names the address
            raise AssertionError(f"no address could be made for {name}: {problem}") from problem
    return found


def _value(converter: object) -> object:
    kind = (
        type(converter).__name__.removesuffix("Converter").lower().removeprefix("string") or "str"
    )
    return HOLES.get(kind, HOLES[None])


def test_every_view_has_a_row():
    missing = [route for route, name, inside, _ in patterns() if not has_row(route, name, inside)]
    assert missing == []


def test_every_row_belongs_to_an_address():
    names = {name for _, name, inside, _ in patterns() if not inside}
    assert sorted(set(ROWS) - names) == []


def test_the_rows_are_those_of_the_documentation():
    told = {name: row.roles for name, row in ROWS.items() if not row.public}
    said = {name: (EVERYBODY if roles == {"*"} else set(roles)) for name, roles in told.items()}
    assert {name: said[name] for name in said if name in ALLOWED} == {
        name: ALLOWED[name] for name in said if name in ALLOWED
    }
    assert sorted(set(said) - set(ALLOWED)) == []
    assert {name for name, row in ROWS.items() if row.public} == PUBLIC


def test_an_address_without_a_row_is_closed_to_everybody():
    class Match:
        url_name, namespaces, route = "forgotten", [], "forgotten/"

    assert row_of(Match()) is None  # type: ignore[arg-type]


@pytest.mark.django_db
def test_who_is_not_signed_in_is_sent_to_the_login(client_of):
    client = client_of(None)
    for name, address in ours():
        if ROWS[name].public:
            continue
        answer = client.get(address)
        expected = 401 if ROWS[name].token else 302
        assert answer.status_code == expected, (name, answer.status_code)
        if expected == 302:
            assert answer.headers["Location"].startswith("/accounts/login/"), name
        assert client.post(address).status_code in {302, 401}, name


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*ROLES, ""])
def test_the_matrix_of_addresses_roles_and_methods(role, client_of):
    from tests.people import make_person

    client = client_of(
        make_person("somebody", *([role] if role else [])), raise_request_exception=False
    )
    wrong = []
    for name, address in ours():
        row = ROWS[name]
        if row.public:
            continue
        allowed = role in ALLOWED.get(name, set(row.roles)) or name in {
            "home",
            "my-settings",
            "projection",
            "long-list",
        }
        for method in ("get", "post"):
            status = getattr(client, method)(address).status_code
            if allowed and status in {401, 500}:
                wrong.append((method, name, status))
            if not allowed and status != 403:
                wrong.append((method, name, status))
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*ROLES, ""])
def test_the_workshop_opens_to_those_who_write_content(role, client_of):
    from tests.people import make_person

    client = client_of(make_person("somebody", *([role] if role else [])))
    writes = role in {"editor", "trainer", "reviewer", "admin"}
    assert (client.get("/admin/").status_code != 403) == writes
    for address in ("/admin/users/", "/admin/groups/", "/admin/sites/", "/admin/locales/"):
        if role != "admin":
            assert client.get(address).status_code == 403, address


def test_the_login_keeps_its_own_addresses_public():
    for name in PUBLIC:
        assert ROWS[name].public


@pytest.mark.django_db
def test_a_refusal_is_a_page_with_a_sentence(stranger, client_of):
    answer = client_of(stranger).get("/people/")
    assert answer.status_code == 403
    assert "An administrator can give you the role" in answer.content.decode()


def test_nothing_of_the_workshop_slips_past_by_its_spelling():
    with pytest.raises(Resolver404):
        resolve("//admin/users/")
