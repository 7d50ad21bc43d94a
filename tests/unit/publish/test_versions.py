"""Publishing a page makes a numbered version that never changes."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from builder.models import App, Version, load
from builder.signals import published
from content.actions import change_page
from tests.bodies import SMALL, ask, outcome, section


def versions(code: str = "small") -> list[Version]:
    return list(Version.objects.filter(app__code=code).order_by("number"))


def test_publishing_makes_an_app_and_its_first_version(make: Any, editor: Any) -> None:
    page = make(note="The first")
    (version,) = versions()
    assert (version.number, version.note, version.created_by, version.texts_only) == (
        1,
        "The first",
        editor,
        False,
    )
    assert version.app.translation_key == page.translation_key
    definition = load(version.pk)
    assert [question.name for question in definition.sections[0].items] == ["reached"]
    assert [end.name for end in definition.outcomes] == ["done"]
    assert version.bodies["en"]["body"][0]["value"]["title"] == "Start"


def test_the_same_content_makes_no_new_version(make: Any, editor: Any) -> None:
    page = make()
    change_page(page=page, by=editor)
    assert len(versions()) == 1


def test_a_changed_text_makes_a_version_of_texts_only(make: Any, editor: Any) -> None:
    page = make()
    change_page(
        page=page,
        by=editor,
        body=[section("Begin", ask("yes_no", "reached", "Reached", required=True))],
        note="Reworded",
    )
    change_page(page=page, by=editor, body=[section("Begin", ask("yes_no", "reached", "Reached"))])
    assert [(version.number, version.texts_only, version.note) for version in versions()] == [
        (1, False, ""),
        (2, True, "Reworded"),
        (3, False, ""),
    ]


def test_what_is_taken_back_is_a_version_again(make: Any, editor: Any) -> None:
    page = make()
    change_page(page=page, by=editor, body=[section("Other", ask("yes_no", "reached"))])
    change_page(page=page, by=editor, body=SMALL)
    first, _second, third = versions()
    assert first.sha256 == third.sha256


def test_a_name_left_empty_is_made_once_and_outlives_the_label(make: Any, editor: Any) -> None:
    page = make([section("Start", ask("text", "", "First day, really"))])
    item = page.body.get_prep_value()[0]["value"]["items"][0]
    assert item["value"]["name"] == "first_day_really"
    item["value"].update(label="Something else", name="")
    change_page(page=page, by=editor, body=[section("Start", item, name="start")])
    assert [item.name for item in load(versions()[-1].pk).sections[0].items] == [
        "first_day_really"
    ]


def test_the_listener_hears_who_published_what(make: Any, editor: Any) -> None:
    heard = []

    def listen(version: Version, by: Any, **_more: Any) -> None:
        heard.append((version.number, by))

    published.connect(listen)
    try:
        make()
    finally:
        published.disconnect(listen)
    assert heard == [(1, editor)]


@pytest.mark.parametrize(
    "change", [{"number": 9}, {"definition": "{}"}, {"note": "x"}, {"bodies": {}}]
)
def test_a_version_cannot_be_changed(make: Any, change: dict[str, Any]) -> None:
    make()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Version.objects.update(**change)


def test_a_version_cannot_be_deleted(make: Any) -> None:
    make()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Version.objects.all().delete()


def test_its_author_may_be_forgotten(make: Any, editor: Any) -> None:
    make()
    editor.delete()
    assert [version.created_by for version in versions()] == [None]


def test_unpublishing_closes_the_app_and_publishing_opens_it(make: Any, editor: Any) -> None:
    page = make()
    page.unpublish()
    assert not App.objects.get(code="small").open
    change_page(page=page, by=editor)
    assert App.objects.get(code="small").open
    assert len(versions()) == 1


def test_deleting_the_page_keeps_its_versions_and_closes_the_app(make: Any) -> None:
    make().delete()
    assert not App.objects.get(code="small").open
    assert len(versions()) == 1


def test_a_copy_is_an_app_of_its_own(make: Any, editor: Any) -> None:
    page = make()
    copy = page.copy(
        update_attrs={"slug": "second", "title": "Second"}, keep_live=False, user=editor
    )
    copy.get_latest_revision().publish(user=editor)
    assert App.objects.get(translation_key=copy.specific.translation_key).code == "second"
    assert [version.number for version in versions("second")] == [1]
    assert type(page).objects.get(pk=copy.pk).code == "second"


def test_the_code_is_fixed_by_the_first_publishing(make: Any, editor: Any) -> None:
    page = make()
    page = page.get_latest_revision_as_object()
    page.code = "renamed"
    page.save_revision().publish(user=editor)
    assert [app.code for app in App.objects.all()] == ["small"]
    assert type(page).objects.get(pk=page.pk).code == "small"


def test_numbers_follow_one_another_under_each_app(make: Any, editor: Any) -> None:
    one, _other = make(), make(code="other", title="Other")
    change_page(page=one, by=editor, outcomes=[outcome("ended", complete=True)])
    assert [version.number for version in versions("small")] == [1, 2]
    assert [version.number for version in versions("other")] == [1]
