"""Accounts from a list: what would become of it, then done in the background; doing it again changes nothing."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone

from runtime.accounts import actions
from runtime.accounts.models import AccountChunk, AccountList
from runtime.accounts.rows import columns_of, read
from runtime.outbox.tasks import carry_out_all
from runtime.people.roles import roles_of
from runtime.queues.models import Grant, Skill

User = get_user_model()
HEAD = "name;email;role;unit;languages;skills\n"


def load(by: Any, *rows: str, head: str = HEAD) -> Any:
    return actions.receive(data=(head + "\n".join(rows)).encode(), by=by)


def done(by: Any, *rows: str, invites: bool = False) -> Any:
    made = load(by, *rows)
    actions.go(row=made, by=by, invites=invites)
    carry_out_all()
    made.refresh_from_db()
    return made


def counts(row: Any) -> tuple[int, int, int, int]:
    return row.fresh, row.changed, row.same, row.bad


def test_a_row_is_read_by_the_names_of_its_columns() -> None:
    columns = columns_of(["Prénom", "NOM", "E-mail", "Rôle", "Compétences", "???"])
    row = read(
        7, ["Ann", "Peeters", " Ann@Ex.org", "agent data-officer", "a:2030-01-31|b"], columns
    )
    assert (row.first_name, row.last_name, row.email) == ("Ann", "Peeters", "ann@ex.org")
    assert row.roles == {"agent", "data_officer"}
    assert [(code, str(day)) for code, day in row.skills] == [("a", "2030-01-31"), ("b", "None")]
    assert read(8, ["x"], columns).email == ""
    assert read(9, ["", "", "", "", "a:soon"], columns).flaws[0].code == "day"


@pytest.mark.django_db
def test_a_list_makes_accounts_with_roles_units_skills_and_an_invitation(
    house: Any, admin: Any
) -> None:
    skill = Skill.objects.create(code="tracing", title="Tracing")
    made = load(admin, "Ann Peeters;ann@example.org;agent;coast;fr nl;tracing:2030-01-31")
    assert counts(made) == (1, 0, 0, 0)
    assert not User.objects.filter(email="ann@example.org").exists()  # only looked at
    actions.go(row=made, by=admin, invites=True)
    carry_out_all()
    made.refresh_from_db()
    user = User.objects.get(email="ann@example.org")
    assert (made.state, counts(made)) == ("done", (1, 0, 0, 0))
    assert (user.username, user.get_full_name()) == ("ann@example.org", "Ann Peeters")
    assert (roles_of(user), user.person.unit, user.person.language) == (
        {"agent"}, house.units["coast"], "fr",
    )  # fmt: skip
    assert (
        Grant.objects.get(person=user, skill=skill).expires_at.date().isoformat() == "2030-01-31"
    )
    assert [message.to for message in mail.outbox] == [["ann@example.org"]]
    assert re.search(r"/reset/key/", mail.outbox[0].body)
    assert user.person.role_changes.filter(reason="link", by=admin).exists()


@pytest.mark.django_db
def test_the_same_list_again_changes_nothing(house: Any, admin: Any) -> None:
    Skill.objects.create(code="tracing", title="Tracing")
    rows = [f"P {n};p{n}@example.org;agent;coast;fr;tracing:2030-01-31" for n in range(3)]
    done(admin, *rows)
    before = [list(model.objects.order_by("pk").values()) for model in (User, Grant)]  # type: ignore[attr-defined]
    again = done(admin, *rows)
    assert counts(again) == (0, 0, 3, 0)
    assert [list(model.objects.order_by("pk").values()) for model in (User, Grant)] == before  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_what_a_row_leaves_empty_stays_and_what_it_says_is_changed(house: Any, admin: Any) -> None:
    done(admin, "Ann P;ann@example.org;agent;coast;;")
    changed = done(admin, ";ANN@example.org;;south;;")
    user = User.objects.get(email="ann@example.org")
    assert counts(changed) == (0, 1, 0, 0)
    assert (roles_of(user), user.person.unit, user.first_name) == (
        {"agent"}, house.units["south"], "Ann",
    )  # fmt: skip


@pytest.mark.django_db
def test_each_row_that_cannot_be_is_told_with_the_reason(house: Any, admin: Any) -> None:
    shut = house.person("shut", "coast", "agent")
    User.objects.filter(pk=shut.pk).update(is_active=False)
    for name in ("two", "twin"):
        User.objects.create_user(name, "twice@example.org")
    rows = [
        "A;no address;agent;coast;;",
        "B;b@example.org;emperor;coast;;",
        "C;c@example.org;agent;nowhere;;",
        "D;d@example.org;;coast;;",
        "E;e@example.org;agent;;;",
        "F;f@example.org;agent;coast;xx;",
        "G;g@example.org;agent;coast;;unknown",
        "H;shut@example.org;agent;coast;;",
        "I;twice@example.org;agent;coast;;",
        "J;j@example.org;agent;coast;;",
        "J;J@Example.org;agent;coast;;",
        f"K;{admin.email};agent;coast;;",
    ]
    made = load(admin, *rows)
    assert [(line, code) for line, _column, code in made.left] == [
        (2, "email"), (3, "role"), (4, "unit"), (5, "no_role"), (6, "no_unit"), (7, "language"), (8, "skill"),
        (9, "shut_out"), (10, "several"), (12, "double"), (13, "yourself"),
    ]  # fmt: skip
    assert counts(made) == (1, 0, 0, 11)


@pytest.mark.django_db
def test_a_leader_makes_no_administrator_and_reaches_nobody_elsewhere(house: Any) -> None:
    leader = house.person("leader", "north", "supervisor")
    house.person("south_agent", "south", "agent")
    house.person("officer", "north", "data_officer")
    made = load(
        leader,
        "A;a@example.org;admin;coast;;",
        "B;b@example.org;agent;south;;",
        "C;c@example.org;agent;*;;",
        "D;south_agent@example.org;agent;coast;;",
        "E;officer@example.org;agent;coast;;",
        "F;f@example.org;agent supervisor;coast;;",
    )
    assert [(line, code) for line, _column, code in made.left] == [
        (2, "role_not_yours"), (3, "unit"), (4, "unit"), (5, "elsewhere"), (6, "elsewhere"),
    ]  # fmt: skip
    assert counts(made) == (1, 0, 0, 5)


@pytest.mark.django_db
def test_who_lost_the_right_meanwhile_makes_nobody(house: Any) -> None:
    from runtime.people import actions as people

    leader = house.person("leader", "north", "supervisor")
    made = load(leader, "A;a@example.org;agent;coast;;")
    actions.go(row=made, by=leader, invites=False)
    people.set_roles(by=None, person=leader.person, roles=["agent"])
    carry_out_all()
    made.refresh_from_db()
    assert (made.state, User.objects.filter(email="a@example.org").exists()) == ("stopped", False)
    with pytest.raises(PermissionError):
        load(leader, "A;a@example.org;agent;coast;;")


@pytest.mark.django_db
def test_who_set_a_password_meanwhile_is_not_invited(house: Any, admin: Any) -> None:
    made = load(admin, "A;a@example.org;agent;coast;;", "B;b@example.org;agent;coast;;")
    actions.go(row=made, by=admin, invites=True)
    from runtime.outbox.actions import carry_out

    carry_out()
    User.objects.get(email="b@example.org").set_password("a long enough password")
    user = User.objects.get(email="b@example.org")
    user.set_password("a long enough password")
    user.save()
    carry_out_all()
    assert [message.to for message in mail.outbox] == [["a@example.org"]]


@pytest.mark.django_db
def test_the_file_of_what_was_left_out_runs_in_no_spreadsheet(
    house: Any, admin: Any, client_of: Any
) -> None:
    made = load(admin, "=cmd|' /C calc'!A0;=HYPERLINK(1);agent;coast;;", "＝1;x;agent;coast;;")
    answer = client_of(admin).post(f"/accounts-list/{made.pk}/left-out.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][-1] == "Why it was left out"
    assert [
        cell for row in rows for cell in row if cell.startswith(("=", "＝", "+", "-", "@"))
    ] == []
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert "no e-mail address" in rows[1][-1]


@pytest.mark.django_db
def test_nothing_of_a_list_lies_in_clear_and_its_key_goes_after_a_week(
    house: Any, admin: Any, client_of: Any
) -> None:
    made = load(admin, "Quetzalcoatl Q;q@example.org;agent;nowhere;;")
    kept = b"".join(bytes(chunk.sealed) for chunk in AccountChunk.objects.all())
    assert b"Quetzalcoatl" not in kept
    assert "Quetzalcoatl" not in str(AccountList.objects.values().get())
    actions.clear_away(now=timezone.now() + timedelta(days=8))
    made.refresh_from_db()
    assert (made.kept, made.state, made.chunks.count()) == (False, "stopped", 0)
    answer = client_of(admin).post(f"/accounts-list/{made.pk}/left-out.csv")
    assert answer.status_code == 404


@pytest.mark.django_db
def test_the_pages_lead_from_the_file_to_the_accounts(
    house: Any, admin: Any, client_of: Any
) -> None:
    client, file = client_of(admin), io.BytesIO((HEAD + "A;a@example.org;agent;coast;;").encode())
    file.name = "people.csv"
    page = client.post("/accounts-list/", {"file": file}, follow=True)
    made = AccountList.objects.get()
    assert "Looked at; nothing was changed yet." in page.content.decode()
    client.post(f"/accounts-list/{made.pk}/go/", {})
    carry_out_all()
    told = client.get(f"/accounts-list/{made.pk}/progress/").json()
    assert (told["ended"], told["fresh"], told["seen"], told["total"]) == (True, 1, 1, 1)
    other = house.person("l", "north", "supervisor")
    assert client_of(other).get(f"/accounts-list/{made.pk}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01\x02", b"name;role\nA;agent", b"email\n", b'email\n"a', b"\xff\xfe\x00"],
)
def test_a_file_that_cannot_be_read_is_told_and_keeps_nothing(
    data: bytes, admin: Any, client_of: Any
) -> None:
    file = io.BytesIO(data)
    file.name = "people.csv"
    answer = client_of(admin).post("/accounts-list/", {"file": file})
    assert answer.status_code == 400
    assert "Nothing was loaded." in answer.content.decode()
    assert not AccountList.objects.exists()


@pytest.mark.django_db
def test_a_long_list_is_made_in_steps_and_nobody_is_left_out(house: Any, admin: Any) -> None:
    Skill.objects.create(code="tracing", title="Tracing")
    rows = [f"Pat P{n};p{n}@example.org;agent;coast;nl;tracing:2030-01-31" for n in range(220)]
    made = load(admin, *rows)
    actions.go(row=made, by=admin, invites=False)
    carry_out_all()
    made.refresh_from_db()
    assert (made.state, counts(made)) == ("done", (220, 0, 0, 0))
