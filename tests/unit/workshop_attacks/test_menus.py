"""What each role sees of the workshop's menus; and whatever is shown, opens."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from runtime.people.roles import ROLES
from tests.people import make_person

pytestmark = pytest.mark.django_db
WRITERS = ("editor", "reviewer", "trainer", "admin")
EVERYWHERE = {"Pages", "Versions", "Shared lists", "Shared sections"}
MAKING = {"Templates", "Import a form"}
REPORTS = {
    *("Workflows", "Workflow tasks", "Site history", "Aging pages", "Page types usage", "Translations"),
}  # fmt: skip
LOCKING = {"Locked pages"}  # for those who may unlock
OWN = {"Account", "Shortcuts", "Editor Guide", "What's new in Wagtail 7.4"}
MENU: dict[str, set[str]] = {
    "editor": EVERYWHERE | MAKING | REPORTS | OWN,
    "reviewer": EVERYWHERE | REPORTS | OWN,
    "trainer": EVERYWHERE | {"Templates"} | REPORTS | OWN,
    "admin": EVERYWHERE | MAKING | REPORTS | LOCKING | OWN | {"Locales"},
}
# The administrator alone says what a release needs, and which languages there are.
SETTINGS = ("/admin/workflows/list/", "/admin/workflows/tasks/index/", "/admin/locales/")
MADE = ("/admin/workflows/add/", "/admin/workflows/tasks/select_type/", "/admin/locales/new/")
# What Wagtail's script completes first (which pages), what leaves the session, and the account's own pages.
SKIPPED = (
    "/admin/bulk/",
    "/accounts/",
    "/admin/logout",
    "/admin/sprite",
    "/static/",
    "/admin/jsi18n",
)


def entries(told: Any) -> Iterator[tuple[str, str]]:
    """(label, address) of every entry, at any depth of what the page gives to the browser."""
    if isinstance(told, dict):
        if "url" in told and "label" in told:
            yield told["label"], told["url"]
        for each in told.values():
            yield from entries(each)
    elif isinstance(told, list):
        for each in told:
            yield from entries(each)


def menu(client: Any) -> list[tuple[str, str]]:
    page = client.get("/admin/", follow=True).content.decode()
    props = re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert props is not None
    return list(entries(json.loads(props[1])))


def opens(client: Any, address: str) -> bool:
    """A page, or a way to one; not a refusal, nor the first page with one."""
    answer = client.get(address)
    said = " ".join(str(one) for one in get_messages(answer.wsgi_request))
    return answer.status_code in {200, 302} and "do not have permission" not in said


def closed(client: Any, addresses: Any) -> list[str]:
    ours = (unescape(one).partition("#")[0] for one in addresses)
    asked = {one for one in ours if one.startswith("/") and not one.startswith(SKIPPED)}
    return sorted(one for one in asked if not opens(client, one))


def links(client: Any, address: str) -> list[str]:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return re.findall(r'<a\b[^>]*\bhref="(/[^"]*)"', answer.content.decode())


@pytest.mark.parametrize("role", WRITERS)
def test_the_menu_of_a_role(script: Any, role: str, client_of: Any) -> None:
    client = client_of(make_person("somebody", role), raise_request_exception=False)
    shown = menu(client)
    assert {label for label, _address in shown} == MENU[role]
    assert closed(client, [address for _label, address in shown]) == []
    known = [address for _label, address in shown]
    assert [one for one in SETTINGS if one in known] == (list(SETTINGS) if role == "admin" else [])


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_only_an_administrator_says_what_a_release_needs_and_which_languages_there_are(
    home: Any, role: str, client_of: Any
) -> None:
    client = client_of(make_person("somebody", *([role] if role else [])))
    opened = [one for one in (*SETTINGS, *MADE) if opens(client, one)]
    assert opened == ([*SETTINGS, *MADE] if role == "admin" else [])


def test_an_administrator_demands_a_review(home: Any, admin: Any, client_of: Any) -> None:
    """As the manual says: Settings, Workflow tasks, "nothing is released without it"."""
    from content.models import ReviewTask

    task = ReviewTask.objects.get()
    address = reverse("wagtailadmin_workflows:edit_task", args=[task.pk])
    posted = {"name": task.name, "groups": [g.pk for g in task.groups.all()], "needed": "2",
              "days": "3", "kind": "medical", "required": "on"}  # fmt: skip
    answer = client_of(admin).post(address, posted)
    assert answer.status_code == 302
    task.refresh_from_db()
    assert (task.required, task.needed) == (True, 2)


@pytest.mark.parametrize("role", ROLES)
def test_every_entry_of_the_workplace_opens(script: Any, role: str, client_of: Any) -> None:
    client = client_of(make_person("somebody", role), raise_request_exception=False)
    shown = links(client, "/")
    assert closed(client, shown) == []
    assert ("/admin/" in shown) == (role in WRITERS)


@pytest.mark.parametrize("role", WRITERS)
def test_whatever_a_page_of_the_workshop_offers_opens(
    script: Any, role: str, client_of: Any
) -> None:
    from content.actions import make_page
    from tests.bodies import ask, section

    lesson = make_page(
        kind="lesson", title="Quiz", code="quiz", settings={"pass_percent": 100},
        body=[section("Read", ask("yes_no", "quiz", right="yes"))], publish=False,
    )  # fmt: skip
    client = client_of(make_person("somebody", role), raise_request_exception=False)
    page = lesson if role == "trainer" else script
    one = reverse("wagtailadmin_pages:edit", args=[page.pk])
    listing = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    names = (
        "check",
        "flow",
        "compare-draft",
        "translations",
        "script-tests",
        "review",
        "emergency",
    )
    pages = [reverse(name, args=[page.pk]) for name in names]
    wrong = {
        address: refused
        for address in (
            "/admin/",
            listing,
            one,
            *pages,
            "/apps/",
            reverse("versions", args=["small"]),
        )
        if (refused := closed(client, links(client, address)))
    }
    assert wrong == {}
