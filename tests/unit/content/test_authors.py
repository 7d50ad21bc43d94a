"""Two browsers at one page: what each posts is joined with what the other saved, and who lost nothing is told so."""

import json
import re
from html import unescape
from typing import Any

import pytest
from wagtail.models import Page

from content.models import Window
from tests.bodies import DONE, ask, section

BODY = [
    section("Start", ask("yes_no", "reached", "Reached?"), ask("text", "who", "Who is it?")),
    section("Symptoms", ask("choose_several", "signs", "Signs?", choices=[
        {"name": "fever", "label": "Fever"}, {"name": "cough", "label": "Cough"}])),
]  # fmt: skip


class Browser:
    """An editor page as a browser holds it: it posts what it shows, whatever the draft is by then."""

    def __init__(self, client: Any, page: Any) -> None:
        self.client, self.pk = client, page.pk
        self.address = f"/admin/pages/{page.pk}/edit/"
        self.open()

    def open(self) -> str:
        answer = self.client.get(self.address)
        assert answer.status_code == 200
        text = answer.content.decode()
        self.token = re.search(r'name="window" value="(\w+)"', text)[1]
        draft = latest(self.pk)
        self.fields = {"title": draft.title, "slug": draft.slug, "code": draft.code}
        self.streams = {
            name: getattr(draft, name).stream_block.get_form_state(getattr(draft, name))
            for name in ("body", "outcomes")
        }
        return text

    def block(self, name: str) -> dict[str, Any]:
        """The state of a block, by its name; to be changed."""
        for each in self.streams["body"]:
            for one in (each, *each["value"]["items"]):
                if one["value"].get("name") == name or one["value"].get("title") == name:
                    return one
        raise KeyError(name)

    def data(self, **more: str) -> dict[str, str]:
        data = {**self.fields, "window": self.token, "version_note": "", **more}
        for prefix in ("comments",):
            data |= {f"{prefix}-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM")}
            data[f"{prefix}-MAX_NUM_FORMS"] = ""
        for name, rows in self.streams.items():
            data[f"{name}-count"] = str(len(rows))
            for number, row in enumerate(rows):
                at = f"{name}-{number}"
                data |= {f"{at}-type": row["type"], f"{at}-id": row["id"]}
                data |= {f"{at}-order": str(number), f"{at}-deleted": ""}
                data[f"{at}-value-lazystate"] = json.dumps(row["value"])
        return data

    def save(self, **more: str) -> str:
        """The button; its page as text, with what it says."""
        answer = self.client.post(self.address, self.data(**more), follow=True)
        assert answer.status_code == 200
        return unescape(answer.content.decode())

    def autosave(self, **more: str) -> dict[str, Any]:
        return self.client.post(
            self.address, self.data(**more), headers={"accept": "application/json"}
        ).json()


def latest(pk: int) -> Any:
    return Page.objects.get(pk=pk).specific.get_latest_revision_as_object()


def labels(pk: int) -> list[str]:
    return [item.value["label"] for each in latest(pk).body for item in each.value["items"]]


@pytest.fixture
def script(make: Any) -> Any:
    from builder.compile import with_ids
    from content.models import HomePage, ScriptPage

    make()
    body, outcomes = with_ids(BODY, DONE, "authors")
    home = HomePage.objects.filter(locale__language_code="en").first()
    return home.add_child(
        instance=ScriptPage(
            title="Call",
            slug="call",
            live=False,
            body=json.dumps(body),
            outcomes=json.dumps(outcomes),
        )
    )


@pytest.fixture
def anna(client_of: Any, editor: Any, script: Any) -> Browser:
    editor.first_name, editor.last_name = "Anna", "Aert"
    editor.save()
    return Browser(client_of(editor), script)


@pytest.fixture
def bob(client_of: Any, reviewer: Any, script: Any) -> Browser:
    return Browser(client_of(reviewer), script)


def test_different_questions_are_both_kept_and_who_saved_second_is_told(
    anna: Browser, bob: Browser
) -> None:
    anna.block("reached")["value"]["label"] = "Is it a good moment?"
    bob.block("signs")["value"]["label"] = "Which signs?"
    anna.save()
    said = bob.save()
    assert labels(bob.pk) == ["Is it a good moment?", "Who is it?", "Which signs?"]
    assert "Meanwhile 1 other place was changed by Anna Aert." in said


def test_autosaves_go_on_being_joined_though_the_window_shows_what_it_showed(
    anna: Browser, bob: Browser
) -> None:
    for number in range(3):
        anna.block("reached")["value"]["label"] = f"Anna {number}"
        assert anna.autosave()["success"]
        bob.block("signs")["value"]["label"] = f"Bob {number}"
        answer = bob.autosave()
        assert answer["success"]
        assert "Anna Aert" in answer["field_updates"]["joined"]
        assert labels(bob.pk) == [f"Anna {number}", "Who is it?", f"Bob {number}"]
    quiet = bob.autosave()
    assert "joined" not in quiet["field_updates"]
    assert labels(bob.pk) == ["Anna 2", "Who is it?", "Bob 2"]


def test_additions_of_both_stay_and_a_deletion_of_what_nobody_touched(
    anna: Browser, bob: Browser
) -> None:
    def added(name: str) -> dict[str, Any]:
        copied = json.loads(json.dumps(anna.block("who")))
        copied["id"] = f"00000000-0000-4000-8000-{name:>012}"
        copied["value"] |= {"label": name, "name": name}
        return copied

    anna.block("Start")["value"]["items"].append(added("anna"))
    bob.block("Start")["value"]["items"].append(added("bob"))
    del bob.block("Symptoms")["value"]["items"][0]
    anna.save()
    bob.save()
    kept = labels(bob.pk)
    assert (kept[:2], sorted(kept[2:])) == (["Reached?", "Who is it?"], ["anna", "bob"])


def test_choices_that_both_added_to_one_question_are_both_there(
    anna: Browser, bob: Browser
) -> None:
    anna.block("signs")["value"]["choices"] += "\nrash = Rash"
    bob.block("signs")["value"]["choices"] += "\npain = Pain"
    anna.save()
    bob.save()
    names = [one["name"] for one in latest(bob.pk).body[1].value["items"][0].value["choices"]]
    assert sorted(names) == ["cough", "fever", "pain", "rash"]


def both_change_one_label(anna: Browser, bob: Browser) -> str:
    anna.block("who")["value"]["label"] = "Who is speaking?"
    anna.save()
    bob.block("who")["value"]["label"] = "Your name?"
    bob.block("signs")["value"]["label"] = "Which signs?"
    return bob.save()


def test_one_text_changed_by_both_is_shown_at_its_block_with_both_texts(
    anna: Browser, bob: Browser
) -> None:
    said = both_change_one_label(anna, bob)
    assert "Changed here and by somebody else" in said
    assert "changed here and by Anna Aert" in said
    assert "Who is speaking?" in said
    assert "Your name?" in said
    assert labels(bob.pk) == ["Reached?", "Who is speaking?", "Signs?"]


@pytest.mark.parametrize(
    ("side", "kept"), [("theirs", "Who is speaking?"), ("mine", "Your name?")]
)
def test_what_was_chosen_is_saved_with_all_else(
    anna: Browser, bob: Browser, side: str, kept: str
) -> None:
    name = re.search(r'name="(settle-\w+)"', both_change_one_label(anna, bob))[1]
    said = bob.save(**{name: side})
    assert "Changed here and by somebody else" not in said
    assert labels(bob.pk) == ["Reached?", kept, "Which signs?"]


def test_a_choice_does_not_hold_for_what_they_write_after_it(anna: Browser, bob: Browser) -> None:
    name = re.search(r'name="(settle-\w+)"', both_change_one_label(anna, bob))[1]
    anna.open()
    anna.block("who")["value"]["label"] = "Who am I speaking to?"
    anna.save()
    assert "Who am I speaking to?" in bob.save(**{name: "mine"})
    assert labels(bob.pk)[1] == "Who am I speaking to?"


def test_a_block_that_one_deleted_and_the_other_changed_is_asked(
    anna: Browser, bob: Browser
) -> None:
    del anna.block("Start")["value"]["items"][1]
    anna.save()
    bob.block("who")["value"]["label"] = "Your name?"
    said = bob.save()
    assert "Start › Your name?" in said
    assert labels(bob.pk) == ["Reached?", "Signs?"]
    name = re.search(r'name="(settle-\w+)"', said)[1]
    bob.save(**{name: "mine"})
    assert labels(bob.pk) == ["Reached?", "Your name?", "Signs?"]


def speak_of(browser: Browser, name: str) -> None:
    """A condition on a question of before, at the last one."""
    row = {"question": browser.block(name)["id"], "operator": "eq", "value": True}
    condition = {"join": "all", "rows": [row]}
    browser.block("signs")["value"]["relevance"] = json.dumps(condition)


def test_a_question_that_one_deleted_and_the_other_now_asks_about_is_asked_and_marked(
    anna: Browser, bob: Browser
) -> None:
    del anna.block("Start")["value"]["items"][0]
    anna.save()
    speak_of(bob, "reached")
    said = bob.save()
    assert "not deleted; used by “Symptoms › Signs?”" in said
    assert "which is used here now." in said
    assert labels(bob.pk) == ["Who is it?", "Signs?"]
    name = re.search(r'name="(settle-\w+)"', said)[1]
    bob.save(**{name: "mine"})
    assert labels(bob.pk) == ["Reached?", "Who is it?", "Signs?"]


def test_who_deletes_what_the_other_asks_about_since_is_asked_and_may_delete_it(
    anna: Browser, bob: Browser
) -> None:
    speak_of(anna, "reached")
    anna.save()
    bob.streams["body"].pop(0)
    said = bob.save(**{"action-publish": "1"})
    assert "not deleted; used by “Symptoms › Signs?”" in said
    assert "Anna Aert uses" in said
    names = re.findall(r'name="(settle-\w+)"', said)
    assert labels(bob.pk) == ["Reached?", "Who is it?", "Signs?"]
    bob.save(**dict.fromkeys(names, "mine"))
    assert labels(bob.pk) == ["Signs?"]


def test_a_section_that_stays_keeps_what_stood_in_it(anna: Browser, bob: Browser) -> None:
    anna.streams["body"].pop(0)
    anna.save()
    bob.block("signs")["value"]["label"] = "Signs of {reached}?"
    names = re.findall(r'name="(settle-\w+)"', bob.save())
    bob.save(**dict.fromkeys(names, "mine"))
    assert labels(bob.pk) == ["Reached?", "Who is it?", "Signs of {reached}?"]


@pytest.mark.parametrize(("side", "kept"), [("theirs", "section"), ("mine", "shared_section")])
def test_a_section_made_a_shared_one_here_and_changed_there_is_taken_whole(
    anna: Browser, bob: Browser, side: str, kept: str
) -> None:
    anna.block("who")["value"]["label"] = "Your name?"
    anna.save()
    state = {"section": "start", "relevance": "", "prefix": ""}
    bob.streams["body"][0] |= {"type": "shared_section", "value": state}
    names = re.findall(r'name="(settle-\w+)"', bob.save())
    bob.save(**dict.fromkeys(names, side))
    first = latest(bob.pk).body[0]
    assert first.block_type == kept
    if side == "theirs":
        assert [item.value["label"] for item in first.value["items"]] == ["Reached?", "Your name?"]


def test_the_title_is_joined_like_everything_else(anna: Browser, bob: Browser) -> None:
    anna.fields["title"] = "Short call"
    bob.block("who")["value"]["label"] = "Your name?"
    anna.save()
    bob.save()
    assert latest(bob.pk).title == "Short call"
    bob.open()
    anna.open()
    anna.fields["title"] = "First call"
    bob.fields["title"] = "Last call"
    anna.save()
    said = bob.save()
    assert "First call" in said
    assert "Last call" in said
    assert latest(bob.pk).title == "First call"


def test_a_draft_that_somebody_has_open_is_not_written_over_in_place(
    anna: Browser, client_of: Any, reviewer: Any, script: Any
) -> None:
    anna.block("who")["value"]["label"] = "one"
    first = anna.autosave()["revision_id"]
    anna.block("who")["value"]["label"] = "two"
    assert anna.autosave()["revision_id"] == first
    bob = Browser(client_of(reviewer), script)
    anna.block("who")["value"]["label"] = "three"
    assert anna.autosave()["revision_id"] != first
    bob.block("reached")["value"]["label"] = "Bob"
    bob.save()
    assert labels(bob.pk) == ["Bob", "three", "Signs?"]


def test_an_answer_that_was_lost_on_the_way_makes_no_conflict_with_oneself(anna: Browser) -> None:
    anna.block("who")["value"]["label"] = "Hel"
    anna.autosave()  # the server has it; suppose the browser never heard
    anna.block("who")["value"]["label"] = "Hello?"
    assert "joined" not in anna.autosave()["field_updates"]
    assert labels(anna.pk)[1] == "Hello?"


def test_a_second_window_of_the_same_person_is_somebody_else(
    anna: Browser, client_of: Any, editor: Any, script: Any
) -> None:
    other = Browser(client_of(editor), script)
    other.block("reached")["value"]["label"] = "Other"
    other.save()
    anna.block("who")["value"]["label"] = "This"
    assert "you in another window" in anna.save()
    assert labels(anna.pk) == ["Other", "This", "Signs?"]


def test_of_a_window_that_nobody_knows_any_more_all_that_differs_is_asked(
    anna: Browser, bob: Browser
) -> None:
    anna.block("who")["value"]["label"] = "Who is speaking?"
    anna.save()
    Window.objects.all().delete()
    said = bob.save()
    assert "Who is speaking?" in said
    assert "Changed here and by somebody else" in said
    assert labels(bob.pk)[1] == "Who is speaking?"


def test_windows_of_a_month_ago_are_forgotten(anna: Browser) -> None:
    from datetime import timedelta

    Window.objects.update(opened_at=Window.objects.get().opened_at - timedelta(days=31))
    anna.open()
    assert [one.token for one in Window.objects.all()] == [anna.token]


def test_a_window_of_another_page_or_a_hostile_one_is_none(anna: Browser, make: Any) -> None:
    anna.block("who")["value"]["label"] = "Mine"
    for token in ("", "x" * 50, "'; --"):
        anna.token = token
        assert "Changed here" not in anna.save()
    assert labels(anna.pk)[1] == "Mine"


def test_who_publishes_publishes_what_both_wrote(anna: Browser, bob: Browser) -> None:
    anna.block("reached")["value"]["label"] = "Anna"
    anna.save()
    bob.block("signs")["value"]["label"] = "Bob"
    said = bob.save(**{"action-publish": "1"})
    assert "has been published" in said
    page = Page.objects.get(pk=bob.pk).specific
    assert [i.value["label"] for each in page.body for i in each.value["items"]] == [
        "Anna",
        "Who is it?",
        "Bob",
    ]
