"""Shared sections: their editions, what a script makes of them, where they are used, what is said of a section that cannot stand."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from builder.compile.sections import SPACE
from builder.models import Version, definition_of
from builder.publish import PublishVetoed, check, draft
from content.models import SharedSection
from content.sections.actions import change_section, make_section
from content.sections.usage import is_used, uses_of
from tests.bodies import ask, compute, formula, line, section, when

INTAKE = section(
    "Intake",
    line("Where do you live, {given_name}?"),
    ask("text", "city", "City"),
    ask("yes_no", "abroad", "Abroad?"),
    ask("text", "country", "Country", relevance=when(("abroad", "eq", True))),
    compute("formula", "both", formula='if abroad then country else "{city}"'),
    name="intake",
)
OPENING = section("Opening", ask("text", "given_name", "First name"), name="opening")


def include(reference: str = "intake", **value: Any) -> dict[str, Any]:
    named = value.pop("id", "11111111-1111-4111-8111-111111111111")
    return {"type": "shared_section", "id": named, "value": {"section": reference, **value}}


ONE = "11111111-1111-4111-8111-111111111111"
TWO = "22222222-2222-4222-8222-222222222222"


def inner(shared: SharedSection, name: str, inclusion: str = ONE) -> str:
    """The id that a block of the section has in the script."""
    items = shared.body[0].value["items"]
    block = next(item for item in items if item.value.get("name") == name)
    return str(uuid.uuid5(SPACE, f"{inclusion}/{block.id}"))


@pytest.fixture
def intake(home: Any, editor: Any) -> SharedSection:
    return make_section(title="Intake", code="intake", section=INTAKE, by=editor)


def live(page: Any) -> Any:
    return definition_of(Version.objects.filter(app__translation_key=page.translation_key).first())


def names(definition: Any) -> list[list[str]]:
    return [
        [item.name for item in each.items if hasattr(item, "name")] for each in definition.sections
    ]


def again(page: Any) -> None:
    page.refresh_from_db()
    page.save_revision().publish()


def longer() -> dict[str, Any]:
    return {
        **INTAKE,
        "value": {**INTAKE["value"], "items": [*INTAKE["value"]["items"], ask("text", "street")]},
    }


def test_a_version_holds_the_section_plainly(intake: SharedSection, make: Any) -> None:
    page = make([OPENING, include()])
    found = live(page)
    assert [each.name for each in found.sections] == ["opening", "intake"]
    assert names(found)[1] == ["city", "abroad", "country", "both"]
    assert found.sections[1].id == ONE
    assert found.sections[1].items[1].id == inner(intake, "city")
    version = Version.objects.get(app__translation_key=page.translation_key)
    assert version.bodies["en"]["body"][1]["value"]["section"] == "intake"


def test_conditions_inside_follow_the_new_ids(intake: SharedSection, make: Any) -> None:
    country = live(make([OPENING, include()])).sections[1].items[3]
    assert country.relevance is not None
    assert country.name == "country"


def test_the_script_asks_about_the_questions_in_it(intake: SharedSection, make: Any) -> None:
    asked = when((inner(intake, "city"), "eq", "Ghent"))
    page = make([OPENING, include(), section("End", ask("text", "why", relevance=asked))])
    why = live(page).sections[2].items[0]
    assert "city" in repr(why.relevance)


def test_its_condition_and_that_of_the_inclusion_both_count(home: Any, make: Any) -> None:
    shared = section("Intake", ask("text", "city"), relevance=formula('given_name = "Ada"'))
    make_section(title="Intake", code="intake", section=shared)
    opening = section("Opening", ask("text", "given_name"), ask("yes_no", "more"))
    body = [opening, include(relevance=when(("more", "eq", True)))]
    relevance = repr(live(make(body)).sections[1].relevance)
    assert "given_name" in relevance
    assert "more" in relevance


def test_ids_are_the_same_at_every_publishing_and_others_in_every_inclusion(
    intake: SharedSection, make: Any
) -> None:
    page = make([OPENING, include(), include(id=TWO, prefix="work")])
    first = live(page)
    change_section(shared=intake, section=longer())
    again(page)
    second = live(page)
    before, after = ([[i.id for i in s.items] for s in each.sections] for each in (first, second))
    assert after[1][: len(before[1])] == before[1]
    assert not set(after[1]) & set(after[2])


def test_a_prefix_keeps_names_apart_in_formulas_and_texts_too(
    intake: SharedSection, make: Any
) -> None:
    page = make([OPENING, include(), include(id=TWO, prefix="work")])
    found = live(page)
    assert names(found)[2] == ["work_city", "work_abroad", "work_country", "work_both"]
    assert found.sections[2].name == "work_intake"
    both = repr(found.sections[2].items[4].expression)
    assert "work_abroad" in both
    assert "work_country" in both
    assert "{given_name}" in found.sections[2].items[0].text.plain("en")


def test_a_name_that_the_page_has_is_a_problem_at_the_inclusion(
    intake: SharedSection, make: Any
) -> None:
    with pytest.raises(PublishVetoed) as vetoed:
        make([OPENING, section("Home", ask("text", "city")), include()])
    (told,) = vetoed.value.problems
    assert (told.code, told.place) == ("shared_section", ONE)
    assert "brings the name “city”, which this page has already. Write a prefix" in str(
        vetoed.value
    )


@pytest.mark.parametrize(
    ("reference", "closed", "words"),
    [
        ("nowhere", False, "There is no shared section “nowhere”. Pick another"),
        ("", False, "No shared section is picked here."),
        ("intake", True, "The shared section “Intake” is not published."),
        ("intake@7", False, "The shared section “Intake” has no edition 7."),
    ],
)
def test_a_section_that_is_not_there_is_a_problem_at_the_inclusion(
    intake: SharedSection, make: Any, reference: str, closed: bool, words: str
) -> None:
    if closed:
        intake.unpublish()
    with pytest.raises(PublishVetoed) as vetoed:
        make([OPENING, include(reference)])
    assert words in str(vetoed.value)
    assert [(one.code, one.place) for one in vetoed.value.problems] == [("shared_section", ONE)]


def test_what_it_reads_and_the_script_has_not_is_told_at_the_inclusion(
    intake: SharedSection, make: Any, client_of: Any, editor: Any
) -> None:
    page = make([section("Opening", ask("text", "name_of_it")), include()], publish=False)
    vetoes = check(page).vetoes
    assert vetoes
    from builder.views.problems import lines_of, places_of

    told = list(lines_of(page, vetoes, str))
    assert told[0].startswith("Intake › Where do you live, {given_name}?: ")
    assert "given_name" in told[0]
    assert places_of(page)[vetoes[0].place][1] == ONE
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client_of(editor).get(address).status_code == 200


def test_who_follows_has_the_newest_edition_at_the_next_publishing_and_who_keeps_has_not(
    intake: SharedSection, make: Any
) -> None:
    follows = make([OPENING, include()])
    keeps = make([OPENING, include("intake@1")], title="Keeps", code="keeps")
    change_section(shared=intake, section=longer())
    assert "street" not in names(live(follows))[1]  # a version never changes
    found = {use.page.pk: use for use in uses_of(intake)}
    assert (found[follows.pk].pinned, found[keeps.pk].pinned) == (None, 1)
    assert (found[follows.pk].changes, found[keeps.pk].changes) == (True, False)
    assert (found[follows.pk].version, found[follows.pk].live_edition) == (1, 1)
    for page in (follows, keeps):
        again(page)
    assert "street" in names(live(follows))[1]
    assert "street" not in names(live(keeps))[1]
    assert not any(use.changes for use in uses_of(intake))


def test_publishing_the_same_again_makes_no_edition(intake: SharedSection) -> None:
    change_section(shared=intake, section=INTAKE)
    assert intake.editions.count() == 1


def test_blocks_without_a_name_get_theirs_with_the_edition(home: Any) -> None:
    shared = make_section(
        title="A",
        code="a",
        section=section("A", {"type": "text", "value": {"label": "Town of birth"}}),
    )
    assert shared.body[0].value["items"][0].value["name"] == "town_of_birth"
    assert shared.newest().bodies["en"]["value"]["items"][0]["value"]["name"] == "town_of_birth"


def test_the_script_speaks_the_languages_of_the_section(intake: SharedSection, make: Any) -> None:
    from wagtail.models import Locale

    page = make([OPENING, include()])
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    french.save_revision().publish()
    texts = live(page).sections[1].items[1].label
    assert "fr" not in texts.languages
    translated = intake.copy_for_translation(Locale.objects.get(language_code="fr"))
    translated.body[0].value["items"][1].value["label"] = "Ville"
    translated.save()
    translated.save_revision().publish()
    assert intake.newest().number == 2
    again(page)
    assert live(page).sections[1].items[1].label.plain("fr") == "Ville"
    assert live(page).sections[1].items[1].label.plain("en") == "City"
    SharedSection.objects.get(pk=translated.pk).unpublish()
    assert list(intake.newest().bodies) == ["en"]


def test_a_draft_is_read_whatever_is_wrong_with_its_inclusion(
    intake: SharedSection, make: Any
) -> None:
    page = make([OPENING, include("nowhere"), include(id=TWO)], publish=False)
    assert [each.name for each in draft(page).sections] == ["opening", "intake"]


def test_a_section_says_where_it_is_used_and_what_it_reads(
    intake: SharedSection, make: Any, client_of: Any, editor: Any
) -> None:
    make([OPENING, include()])
    change_section(shared=intake, section=longer())
    page = client_of(editor).get(reverse("shared-section-used", args=[intake.pk])).content.decode()
    assert "version 1, with edition 1" in page
    assert "follows the section" in page
    assert "These change when they are published the next time:" in page
    assert "It reads these answers from the script around it: given_name" in page


def test_a_section_in_use_is_not_deleted(
    intake: SharedSection, make: Any, client_of: Any, editor: Any
) -> None:
    make([OPENING, include()], publish=False)
    assert is_used(intake)
    address = reverse("wagtailsnippets_content_sharedsection:delete", args=[intake.pk])
    answer = client_of(editor).post(address, follow=True)
    assert "is included by scripts and cannot be deleted" in answer.content.decode()
    assert SharedSection.objects.filter(pk=intake.pk).exists()


def test_a_section_that_nobody_includes_is_deleted(
    intake: SharedSection, client_of: Any, editor: Any
) -> None:
    address = reverse("wagtailsnippets_content_sharedsection:delete", args=[intake.pk])
    client_of(editor).post(address)
    assert not SharedSection.objects.exists()


def test_the_editor_asks_for_sections_as_they_stand_in_the_script(
    intake: SharedSection, client_of: Any, editor: Any
) -> None:
    client = client_of(editor)
    assert client.get(reverse("shared-sections")).json() == {
        "lists": [{"code": "intake", "title": "Intake", "open": True, "editions": [1]}]
    }
    address = reverse("shared-section", args=["intake", 0])
    told = client.get(address, {"in": ONE, "prefix": "home"}).json()
    assert told["title"] == "Intake"
    asked = told["state"]["items"][1]
    assert (asked["id"], asked["value"]["name"]) == (inner(intake, "city"), "home_city")
    nowhere = client.get(reverse("shared-section", args=["nowhere", 0]), {"in": "<b>"})
    assert nowhere.json()["state"] == {"items": []}
