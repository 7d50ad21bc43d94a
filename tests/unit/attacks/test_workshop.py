"""What the editors' workshop (Wagtail) must not give to those who may enter it."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from tests.house.test_access import patterns
from tests.people import make_person

pytestmark = pytest.mark.django_db
WRITERS = ("editor", "trainer", "reviewer", "admin")
FORMULA = "=HYPERLINK(1)"
CITIZEN = "Zzyzxcanary"


def addresses() -> Iterator[str]:
    """Every address of the workshop that needs no id."""
    for route, _name, _inside, pattern in patterns():
        plain = route.replace("^", "").replace("$", "")
        has_holes = pattern.pattern.converters or "(" in route
        elsewhere = {"logout", "failwhale", ".*"} & set(plain.split("/"))
        if plain.startswith("admin/") and not has_holes and not elsewhere:
            yield f"/{plain}"


def of_pages(page: Any) -> list[str]:
    """The addresses of one page and its folder."""
    about = [
        "history", "edit", "usage", "delete", "unpublish", "move", "copy", "privacy",
        f"revisions/{page.latest_revision_id}/view", "workflow/history", "preview",
    ]  # fmt: skip
    folder = page.get_parent().pk
    return [f"/admin/pages/{page.pk}/{part}/" for part in about] + [f"/admin/pages/{folder}/"]


def read(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


@pytest.fixture
def page(home: Any, editor: Any) -> Any:
    """A published script whose title a spreadsheet would run."""
    from content.actions import make_page
    from tests.bodies import DONE, SMALL

    made = make_page(
        kind="script", title=FORMULA, code="formula", body=SMALL, outcomes=DONE, by=editor
    )
    return type(made).objects.get(pk=made.pk)


def test_no_sheet_of_the_workshop_runs_a_formula(page: Any, admin: Any, client_of: Any) -> None:
    client = client_of(admin)
    sheets = []
    for address in (*of_pages(page), *addresses()):
        answer = client.get(f"{address}?export=csv")
        if answer.headers["Content-Type"].startswith("text/csv"):
            sheets.append(read(answer))
    cells = [cell for sheet in sheets for row in csv.reader(io.StringIO(sheet)) for cell in row]
    assert f"'{FORMULA}" in cells
    assert [cell for cell in cells if cell.startswith("=")] == []


@pytest.mark.parametrize("role", WRITERS)
def test_no_address_of_the_workshop_tells_of_citizens(
    page: Any, role: str, client_of: Any
) -> None:
    from builder.models import Version
    from runtime.parties.actions import find_or_create
    from runtime.records.actions import start

    facts = {"given_name": CITIZEN, "family_name": CITIZEN, "phone": "+32470123456"}
    party, _new = find_or_create(facts=facts, by=None, purpose="test")
    start(version=Version.objects.get(app__code="formula"), party=party, by=page.owner)
    client = client_of(make_person("somebody", role), raise_request_exception=False)
    for address in (*of_pages(page), *addresses()):
        told = read(client.get(address))
        assert CITIZEN not in told, address
        assert "470123456" not in told, address


@pytest.mark.parametrize("role", WRITERS)
def test_nobody_makes_people_or_rights_in_the_workshop(
    home: Any, role: str, client_of: Any
) -> None:
    """People are made, and given roles, where it is written down: under /people/."""
    me, other = make_person("somebody", role), make_person("other", "agent")
    agents, client = Group.objects.get(name="agent"), client_of(me, raise_request_exception=False)
    told = {
        "username": "new",
        "password1": "a long new password",
        "password2": "a long new password",
    }
    for address, posted in (
        ("/admin/users/new/", told),
        (f"/admin/users/edit/{me.pk}/", {"groups": [agents.pk], "is_superuser": "on"}),
        (f"/admin/users/{me.pk}/", {"groups": [agents.pk], "is_superuser": "on"}),
        (f"/admin/users/delete/{other.pk}/", {}),
        ("/admin/groups/new/", {"name": "kings"}),
        (f"/admin/groups/edit/{agents.pk}/", {"name": "nobody"}),
        (f"/admin/groups/delete/{agents.pk}/", {}),
        (f"/admin/bulk/auth/user/assign_role/?id={me.pk}", {"role": agents.pk}),
        (f"/admin/bulk/auth/user/delete/?id={other.pk}", {}),
        (f"/admin/bulk/auth/user/set_active_state/?id={other.pk}", {"mark_as_active": "False"}),
    ):
        client.get(address)
        client.post(address, posted)
    assert sorted(User.objects.values_list("username", flat=True)) == ["other", "somebody"]
    again = User.objects.get(pk=me.pk)
    assert ([group.name for group in again.groups.all()], again.is_superuser) == ([role], False)
    assert User.objects.get(pk=other.pk).is_active
    assert not Group.objects.filter(name="kings").exists()
    assert Group.objects.filter(name="agent").exists()


@pytest.mark.parametrize("role", WRITERS)
@pytest.mark.parametrize("kind", ["images", "documents"])
def test_nothing_is_uploaded_beside_the_vault(
    home: Any, role: str, kind: str, client_of: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from wagtail.documents.models import Document
    from wagtail.images.models import Image

    client = client_of(make_person("somebody", role), raise_request_exception=False)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    for way in ("add", "multiple/add", "chooser/create"):
        posted = {"title": "x", "collection": "1", "file": SimpleUploadedFile("x.svg", svg)}
        posted["files[]"] = SimpleUploadedFile("x.svg", svg)
        client.post(
            f"/admin/{kind}/{way}/", posted, headers={"x-requested-with": "XMLHttpRequest"}
        )
    assert not Document.objects.exists()
    assert not Image.objects.exists()


def test_an_address_is_not_changed_past_the_password(
    home: Any, editor: Any, client_of: Any
) -> None:
    posted = {
        "name_email-email": "taken@example.org",
        "name_email-first_name": "E",
        "name_email-last_name": "V",
    }
    client_of(editor).post("/admin/account/", posted)
    assert User.objects.get(pk=editor.pk).email == "editor@example.org"


@pytest.mark.parametrize("address", ["/admin/failwhale/", "/admin/test404/"])
def test_wagtails_own_test_pages_are_closed(
    home: Any, admin: Any, client_of: Any, address: str
) -> None:
    assert client_of(admin).get(address).status_code == 403
