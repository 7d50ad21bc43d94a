"""Those who keep watch are told at once; a break is judged by somebody else, once; what waits too long stands out."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from runtime.audit.models import AccessLog
from runtime.glass import actions
from runtime.glass.models import Break
from runtime.outbox import actions as outbox
from runtime.outbox.models import Effect
from runtime.parties import actions as parties
from tests.people import make_person
from tests.unit.glass.conftest import REASON

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(client: Any, bea: Any, record: Any, break_it: Any) -> Break:
    break_it(client, bea)
    posted = {"purpose": "break_glass", "unveil": "1"}
    client.post(reverse("record", args=[record.pk]), posted)
    return Break.objects.get()


@pytest.fixture
def officers(client_of: Any, data_officer: Any) -> Any:
    return client_of(data_officer, headers={"accept-language": "en"})


def judge(client: Any, glass: Break, **posted: str) -> Any:
    return client.post(reverse("glass-judged", args=[glass.pk]), posted)


def test_who_keeps_watch_is_mailed_within_a_minute_and_nobody_is_named(
    made: Break, data_officer: Any, admin: Any, auditor: Any
) -> None:
    due = Effect.objects.get(effect="glass_broken")
    assert due.not_before <= timezone.now()
    assert due.arguments == {"break": str(made.pk)}
    assert outbox.carry_out()
    told = {one.to[0]: one for one in mail.outbox}
    assert set(told) == {"data_officer@example.org", "admin@example.org"}
    for one in mail.outbox:
        assert "agent broke the glass" in one.body
        assert not [
            word for word in ("Bea", "Maes", "Ambulance", str(made.party)) if word in one.body
        ]
    assert reverse("glass-breaks") in told["data_officer@example.org"].body
    assert reverse("glass-breaks") not in told["admin@example.org"].body
    made.refresh_from_db()
    assert made.told_at - made.at < timedelta(seconds=60)
    assert not outbox.carry_out()


def test_a_mail_server_that_is_away_is_tried_again(
    made: Break, data_officer: Any, monkeypatch: Any
) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OSError("away")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", away)
        assert outbox.carry_out()
    row = Effect.objects.get(effect="glass_broken")
    assert (row.state, row.last_problem) == ("pending", "OSError")
    assert row.not_before - timezone.now() < timedelta(seconds=60)
    Effect.objects.update(not_before=timezone.now())
    assert outbox.carry_out()
    assert len(mail.outbox) == 1


def test_the_first_page_tells_who_keeps_watch(
    made: Break, officers: Any, client_of: Any, admin: Any, auditor: Any
) -> None:
    page = officers.get("/").text
    assert "1 broken glass waits to be judged." in page
    assert reverse("glass-breaks") in page
    assert (
        "waits to be judged" in client_of(admin, headers={"accept-language": "en"}).get("/").text
    )
    assert "judged" not in client_of(auditor, headers={"accept-language": "en"}).get("/").text
    Break.objects.update(at=made.at - timedelta(days=4), until=made.until - timedelta(days=4))
    assert "waits too long" in officers.get("/").text
    assert "overdue" in officers.get(reverse("glass-breaks")).text


def test_the_reason_and_what_was_opened_are_shown_to_who_judges_and_that_is_logged(
    made: Break, officers: Any, data_officer: Any, record: Any
) -> None:
    page = officers.get(reverse("glass-judged", args=[made.pk])).text
    assert REASON in page
    assert str(record.pk) in page
    assert "veiled answers shown" in page
    assert not [word for word in ("Bea", "Maes", "Shelter-9", "Bakery") if word in page]
    row = AccessLog.objects.get(by=data_officer)
    assert (row.deed, row.purpose, row.detail, row.subject) == ("open", "review", "reason", made.party)  # fmt: skip
    listed = officers.get(reverse("glass-breaks")).text
    assert "Ambulance" not in listed


def test_a_break_is_judged_once_and_stays_in_the_history(
    made: Break, officers: Any, data_officer: Any, client_of: Any, auditor: Any
) -> None:
    assert judge(officers, made, verdict="justified", remark="").status_code == 302
    made.refresh_from_db()
    assert (made.verdict, made.judged_by) == ("justified", data_officer)
    judge(officers, made, verdict="not_justified", remark="Nobody was in danger there")
    made.refresh_from_db()
    assert made.verdict == "justified"
    assert AccessLog.objects.filter(deed="judge", detail="justified").count() == 1
    assert [row.verdict for row in made.history.order_by("history_id")][-1] == "justified"
    page = client_of(auditor, headers={"accept-language": "en"}).get("/history/").text
    assert "Broken glass" in page
    assert "It was justified" in officers.get(reverse("glass-judged", args=[made.pk])).text


@pytest.mark.parametrize(
    "posted",
    [{}, {"verdict": "perhaps"}, {"verdict": "not_justified"}, {"verdict": "not_justified", "remark": " no "},
     {"verdict": "justified", "remark": "x" * 10_240}],
)  # fmt: skip
def test_a_judgement_is_a_set_word_and_a_hard_one_is_explained(
    made: Break, officers: Any, posted: dict[str, str]
) -> None:
    assert judge(officers, made, **posted).status_code == 400
    made.refresh_from_db()
    assert made.verdict == ""


def test_the_remark_lies_sealed(made: Break, officers: Any) -> None:
    judge(officers, made, verdict="not_justified", remark="She asked for Karel Claes")
    made.refresh_from_db()
    assert b"Karel" not in bytes(made.remark)
    assert "Karel Claes" in officers.get(reverse("glass-judged", args=[made.pk])).text


def test_nobody_judges_themselves(client_of: Any, bea: Any, break_it: Any) -> None:
    both = make_person("both", "agent", "data_officer")
    client = client_of(both, headers={"accept-language": "en"})
    break_it(client, bea)
    made = Break.objects.get()
    assert "somebody else judges it" in client.get(reverse("glass-judged", args=[made.pk])).text
    judge(client, made, verdict="justified")
    made.refresh_from_db()
    assert made.verdict == ""
    with pytest.raises(PermissionError):
        actions.judge(glass=made, verdict="justified", remark="", by=both, now=timezone.now())


@pytest.mark.parametrize("role", ["agent", "supervisor", "admin", "auditor", "editor"])
def test_others_do_not_judge(made: Break, client_of: Any, role: str) -> None:
    other = client_of(make_person("someone", role))
    assert judge(other, made, verdict="justified").status_code == 403
    assert other.get(reverse("glass-breaks")).status_code == 403
    made.refresh_from_db()
    assert made.verdict == ""


def test_the_reason_goes_with_the_person_and_the_break_is_judged_all_the_same(
    made: Break, officers: Any, bea: Any
) -> None:
    parties.erase(party=bea, by=None, purpose="test")
    page = officers.get(reverse("glass-judged", args=[made.pk])).text
    assert "The person was erased" in page
    assert "Ambulance" not in page
    judge(officers, made, verdict="justified", remark="It was an emergency")
    made.refresh_from_db()
    assert made.verdict == "justified"


def test_the_log_says_it_in_words(made: Break) -> None:
    from runtime.workspace.log_words import deed_word, detail_words, purpose_words

    row = AccessLog.objects.get(deed="break_glass")
    with override("en"):
        assert (deed_word(row.deed), purpose_words(row), detail_words(row)) == (
            "broken glass",
            "Emergency: broken glass",
            "for 30 minutes",
        )
