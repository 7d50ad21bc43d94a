"""Shared lists: their editions, what a script makes of them, where they are used, what is said of a bad table."""

import time
from typing import Any

import pytest
from django.urls import reverse

from builder.models import Version, definition_of
from builder.publish import PublishVetoed
from content.list_reading import first_language, lines_of, merged, read_lines, read_table
from content.lists.actions import load_choices, make_list
from content.lists.usage import is_used, uses_of
from content.models import ChoiceList
from tests.bodies import ask, section, when

TOWNS = [
    {"name": "ghent", "label": {"en": "Ghent", "fr": "Gand"}, "attributes": {"province": "east"}},
    {"name": "bruges", "label": {"en": "Bruges"}},
]
MORE = [*TOWNS, {"name": "liege", "label": {"en": "Liège"}}]
ASKED = [section("Start", ask("choose_one", "town", choices_from="towns"))]
PINNED = [section("Start", ask("choose_one", "town", choices_from="towns@1"))]
CODES = ["en", "fr", "nl", "de"]


@pytest.fixture
def towns(home: Any, editor: Any) -> ChoiceList:
    return make_list(title="Towns", code="towns", choices=TOWNS, by=editor)


def change(shared: ChoiceList, choices: Any, by: Any = None) -> None:
    load_choices(shared=shared, choices=choices, by=by)
    shared.refresh_from_db()
    shared.latest_revision.publish(user=by)
    shared.refresh_from_db()


def again(page: Any) -> None:
    page.refresh_from_db()
    page.save_revision().publish()


def offered(page: Any) -> list[str]:
    version = Version.objects.filter(app__translation_key=page.translation_key).first()
    (question,) = definition_of(version).sections[0].items
    return [choice.name for choice in question.settings.choices]


def test_a_version_holds_the_choices_of_the_list_plainly(towns: ChoiceList, make: Any) -> None:
    page = make(ASKED)
    version = Version.objects.get(app__translation_key=page.translation_key)
    (question,) = definition_of(version).sections[0].items
    first, second = question.settings.choices
    assert (first.name, first.label.plain("en"), first.attributes) == (
        "ghent",
        "Ghent",
        (("province", "east"),),
    )
    assert second.name == "bruges"
    assert "towns" not in version.definition
    assert version.bodies["en"]["body"][0]["value"]["items"][0]["value"]["choices_from"] == "towns"


def test_who_follows_has_the_newest_edition_at_the_next_publishing(
    towns: ChoiceList, make: Any
) -> None:
    page = make(ASKED)
    change(towns, MORE)
    assert towns.newest().number == 2
    assert offered(page) == ["ghent", "bruges"]  # a version never changes
    again(page)
    assert offered(page) == ["ghent", "bruges", "liege"]


def test_who_keeps_to_an_edition_does_not_follow(towns: ChoiceList, make: Any) -> None:
    page = make(PINNED)
    change(towns, MORE)
    again(page)
    assert offered(page) == ["ghent", "bruges"]


def test_publishing_the_same_choices_again_makes_no_edition(towns: ChoiceList) -> None:
    change(towns, TOWNS)
    assert towns.editions.count() == 1


@pytest.mark.parametrize(
    ("reference", "closed", "words"),
    [
        ("nowhere", False, "There is no shared list “nowhere”. Pick another list"),
        ("towns", True, "The shared list “Towns” is not published. Publish the list"),
        ("towns@7", False, "The shared list “Towns” has no edition 7. Pick one of its editions"),
        ("towns@1", True, "The shared list “Towns” is not published."),
        ("towns@x", False, None),
    ],
)
def test_a_list_that_is_not_there_is_a_problem_at_the_question(
    towns: ChoiceList, make: Any, reference: str, closed: bool, words: str | None
) -> None:
    if closed:
        towns.unpublish()
    body = [section("Start", ask("choose_one", "town", choices_from=reference))]
    if words is None:
        make(body)
        return
    with pytest.raises(PublishVetoed) as vetoed:
        make(body)
    told = [problem for problem in vetoed.value.problems if problem.code == "shared_list"]
    assert words in str(vetoed.value)
    assert len(told) == 1
    assert told[0].place


def test_choices_that_are_written_too_are_a_problem(towns: ChoiceList, make: Any) -> None:
    own = [{"name": "a", "label": "A"}]
    body = [section("Start", ask("choose_one", "town", choices=own, choices_from="towns"))]
    with pytest.raises(PublishVetoed, match="Take the one or the other away"):
        make(body)


def test_a_condition_and_a_table_of_rows_read_a_shared_list(towns: ChoiceList, make: Any) -> None:
    grid = ask("matrix", "grid", rows_from="towns", choices=[{"name": "yes", "label": "Yes"}])
    why = ask("text", "why", relevance=when(("town", "eq", "ghent")))
    page = make([section("Start", ask("choose_one", "town", choices_from="towns"), why, grid)])
    version = Version.objects.get(app__translation_key=page.translation_key)
    assert [row.name for row in definition_of(version).sections[0].items[2].settings.rows] == [
        "ghent",
        "bruges",
    ]


def test_a_list_says_where_it_is_used(
    towns: ChoiceList, make: Any, client_of: Any, editor: Any
) -> None:
    follows = make(ASKED)
    keeps = make(PINNED, title="Keeps", code="keeps")
    change(towns, MORE)
    found = {use.page.pk: use for use in uses_of(towns)}
    assert (found[follows.pk].pinned, found[keeps.pk].pinned) == (None, 1)
    assert (found[follows.pk].changes, found[keeps.pk].changes) == (True, False)
    assert (found[follows.pk].version, found[follows.pk].live_edition) == (1, 1)
    page = client_of(editor).get(reverse("shared-list-used", args=[towns.pk])).content.decode()
    assert "version 1, with edition 1" in page
    assert "follows the list" in page
    assert "edition 1" in page
    assert "These change when they are published the next time:" in page
    again(follows)
    assert not any(use.changes for use in uses_of(towns))


def test_a_draft_that_names_a_list_uses_it(towns: ChoiceList, make: Any) -> None:
    assert not is_used(towns)
    make(ASKED, publish=False)
    assert is_used(towns)
    assert [(use.draft, use.published) for use in uses_of(towns)] == [(True, False)]


def test_a_list_in_use_is_not_deleted(
    towns: ChoiceList, make: Any, client_of: Any, editor: Any
) -> None:
    make(ASKED)
    client = client_of(editor)
    address = reverse("wagtailsnippets_content_choicelist:delete", args=[towns.pk])
    answer = client.post(address, follow=True)
    assert "is used by scripts and cannot be deleted" in answer.content.decode()
    assert ChoiceList.objects.filter(pk=towns.pk).exists()


def test_a_list_that_nobody_uses_is_deleted(
    towns: ChoiceList, client_of: Any, editor: Any
) -> None:
    address = reverse("wagtailsnippets_content_choicelist:delete", args=[towns.pk])
    client_of(editor).post(address)
    assert not ChoiceList.objects.exists()


def test_the_editor_asks_for_lists_and_their_choices(
    towns: ChoiceList, client_of: Any, editor: Any
) -> None:
    client = client_of(editor)
    assert client.get(reverse("shared-lists")).json() == {
        "lists": [{"code": "towns", "title": "Towns", "open": True, "editions": [1]}]
    }
    assert client.get(reverse("shared-list-choices", args=["towns", 0])).json() == {
        "choices": [["ghent", "Ghent"], ["bruges", "Bruges"]],
        "attributes": {"province": ["east"]},
    }


def test_a_table_is_loaded_into_the_draft(towns: ChoiceList, client_of: Any, editor: Any) -> None:
    client, address = client_of(editor), reverse("shared-list-load", args=[towns.pk])
    sent = {"pasted": "name,label,label_fr,province\n9000,Ghent,Gand,east", "way": "merge"}
    answer = client.post(address, sent, follow=True)
    assert "3 choices are in the draft" in answer.content.decode()
    towns.refresh_from_db()
    assert towns.choices == TOWNS
    draft = towns.get_latest_revision_as_object()
    assert draft.choices[2] == {
        "name": "9000",
        "label": {"en": "Ghent", "fr": "Gand"},
        "attributes": {"province": "east"},
    }


def test_bad_lines_are_told_by_number_and_stay_in_the_field(
    towns: ChoiceList, client_of: Any, editor: Any
) -> None:
    client, address = client_of(editor), reverse("shared-list-load", args=[towns.pk])
    pasted = "name,label\nghent,Ghent\nghent,Again\nb c,Bruges\nd,"
    answer = client.post(address, {"pasted": pasted, "way": "replace"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Nothing was loaded: 3 lines cannot be read." in page
    assert "Line 3: line 2 has the name ghent already." in page
    assert "Line 4: “b c” cannot be a name." in page
    assert "Line 5: there is no label." in page
    assert "b c,Bruges" in page


@pytest.mark.parametrize(
    ("text", "names", "lines"),
    [
        ("Ghent\nBruges", ["ghent", "bruges"], []),
        ("ghent;Ghent;province=east", ["ghent"], []),
        ("ghent\tGhent, city", ["ghent"], []),
        ("name,label,attributes\nghent,Ghent,a b", [], ["2"]),
        ('"name","label"\n"a","two\nlines"\n"a","A"', ["a"], ["4"]),
        ("label,label\nA,B", ["b"], ["1"]),
        ("", [], []),
        ("name,label\na," + "x" * 501, [], ["2"]),
    ],
)
def test_tables_as_they_come(text: str, names: list[str], lines: list[str]) -> None:
    read = read_table(text, CODES)
    assert [choice["name"] for choice in read.choices] == names
    assert [problem.place for problem in read.problems] == lines


def test_lines_of_a_further_language_belong_to_names() -> None:
    read = read_lines({"en": "a = A\nb = B", "fr": "a = Ah\nc = C\nBé\na = Oh"})
    assert read["en"].choices[0]["label"] == {"en": "A", "fr": "Ah"}
    assert [problem.place for problem in read["fr"].problems] == ["2", "3", "4"]


def test_what_the_form_shows_is_read_as_it_was() -> None:
    first = first_language(TOWNS, CODES)
    texts = {code: lines_of(TOWNS, code, first=code == first) for code in CODES}
    assert texts["fr"] == "ghent = Gand"
    assert read_lines(texts)["en"].choices == TOWNS


def test_what_is_loaded_into_a_list_keeps_what_it_does_not_name() -> None:
    found = merged(TOWNS, [{"name": "ghent", "label": {"nl": "Gent"}}])
    assert found[0]["label"] == {"en": "Ghent", "fr": "Gand", "nl": "Gent"}
    assert found[0]["attributes"] == {"province": "east"}


@pytest.mark.parametrize("row", ["t{0},Town {0},east", ",Town {0},", ",The same,"])
def test_twenty_thousand_rows_are_read_at_once_and_no_more(row: str) -> None:
    text = "name,label,province\n" + "\n".join(row.format(n) for n in range(20_001))
    began = time.process_time()
    read = read_table(text, CODES)
    assert len(read.choices) == 20_000
    assert [problem.place for problem in read.problems] == ["20002"]
    assert time.process_time() - began < 5


def test_a_script_with_twenty_thousand_shared_choices_is_published(
    home: Any, make: Any, editor: Any
) -> None:
    many = [{"name": f"t{n}", "label": {"en": f"Town {n}"}} for n in range(20_000)]
    make_list(title="Towns", code="towns", choices=many, by=editor)
    began = time.process_time()
    page = make(ASKED)
    print(f"published in {time.process_time() - began:.1f} s")
    assert len(offered(page)) == 20_000


def test_the_form_keeps_what_cannot_be_read(home: Any, client_of: Any, editor: Any) -> None:
    address = reverse("wagtailsnippets_content_choicelist:add")
    sent = {
        "title": "Towns",
        "code": "towns",
        "lines_en": "a = A\na = <b>B</b>",
        "action-publish": "1",
    }
    page = client_of(editor).post(address, sent).content.decode()
    assert "Line 2: line 1 has the name a already." in page
    assert "a = &lt;b&gt;B&lt;/b&gt;" in page
    sent["lines_en"], sent["lines_fr"] = "a = A\nb = B", "b = Bé"
    client_of(editor).post(address, sent)
    shared = ChoiceList.objects.get()
    assert shared.choices[1] == {"name": "b", "label": {"en": "B", "fr": "Bé"}}
    assert shared.newest().number == 1
