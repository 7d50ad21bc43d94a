"""Who comes to what the workshop adds: each address, everybody who should not, asking and posting."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from builder import wagtail_hooks as builder_hooks
from content import review_hooks, translating_rights
from content import wagtail_hooks as content_hooks
from content.lists import hooks as list_hooks
from content.sections import hooks as section_hooks
from tests.people import make_person

pytestmark = pytest.mark.django_db
ADDED = (
    builder_hooks,
    content_hooks,
    review_hooks,
    list_hooks,
    section_hooks,
    translating_rights,
)
# What each address is about. Of a page: whoever may not edit it is refused, though they may write elsewhere.
OF_A_PAGE = {
    *("check", "check-progress", "check-status", "check-stop", "check-ways", "flow", "compare-draft"),
    *("translations", "release", "review", "emergency"),
    *("script-tests", "script-tests-keep", "script-tests-accept", "script-tests-file"),
    *("check-play", "shared-section-make"),
}  # fmt: skip
OF_A_TEST = {"script-test", "script-test-delete", "script-test-deed"}
OF_A_TRANSLATION = {"translate-page", "translate-page-again"}
OF_A_VERSION = {"restore-version"}
# Of nobody's page: whoever writes here comes in, and then chooses among what is theirs.
OF_THE_WORKSHOP = {
    *("import-form", "starts", "formula-check", "shared-lists", "shared-list-choices"),
    *("shared-sections", "shared-section"),
}  # fmt: skip
OF_A_LIST = {"shared-list-used", "shared-list-load"}
OF_A_SECTION = {"shared-section-used"}
OUTSIDE = ("agent", "supervisor", "data_officer", "auditor", "partner", "citizen", "")


def holes(names: set[str], **values: Any) -> dict[str, dict[str, Any]]:
    return dict.fromkeys(names, values)


@pytest.fixture
def things(script: Any, editor: Any) -> dict[str, dict[str, Any]]:
    """What stands in the holes of the addresses, by the address's name."""
    from content.lists.actions import make_list
    from content.models import ScriptTest, SharedSection

    choices = [{"name": "a", "label": {"en": "A"}}]
    shared = make_list(title="Towns", code="towns", choices=choices, by=editor)
    section = SharedSection.objects.create(title="Own", code="own", locale=script.locale)
    test = ScriptTest.objects.create(
        translation_key=script.translation_key, name="t", today="2026-03-01", language="en",
        commands=[], expected={}, names={}, changed_at="2026-03-01T00:00Z",
    )  # fmt: skip
    source, _made = TranslationSource.update_or_create_from_instance(script)
    one = {"pk": script.pk, "test": test.pk}
    return {
        **holes(OF_A_PAGE, pk=script.pk),
        **holes(OF_A_TEST, **one),
        "check-play": {"pk": script.pk, "key": "0123456789abcdef"},
        "script-test-deed": {**one, "deed": "accept"},
        "translate-page": {"page_id": script.pk},
        "translate-page-again": {"translation_source_id": source.pk},
        **holes(OF_A_VERSION, code="small", number=1),
        **holes(OF_THE_WORKSHOP),
        "shared-list-choices": {"code": "towns", "number": 1},
        "shared-section": {"code": "own", "number": 0},
        **holes(OF_A_LIST, pk=shared.pk),
        **holes(OF_A_SECTION, pk=section.pk),
    }


def added() -> Iterator[str]:
    """The name of every address that our hooks give to Wagtail."""
    for module in ADDED:
        for name, hook in vars(module).items():
            if name.startswith(("own_urls", "urls_of")):
                yield from (pattern.name for pattern in hook())


def of(name: str, things: Any) -> str:
    return reverse(name, kwargs=things[name])


def refused(answer: Any) -> bool:
    """A page that says so; below /admin/ Wagtail makes of a refusal a message on the workshop's first page."""
    home = answer.status_code == 302 and answer.headers["Location"] == reverse("wagtailadmin_home")
    return home or answer.status_code == 403


def admitted(client: Any, addresses: Any) -> list[tuple[str, str, int]]:
    """(method, address, status) of what was not refused. 405: refused before anybody looks at whom it is about."""
    found = []
    for address in addresses:
        answers = [(method, getattr(client, method)(address)) for method in ("get", "post")]
        told = [(method, address, each.status_code) for method, each in answers]
        found += [
            one
            for one, (_, each) in zip(told, answers, strict=True)
            if not refused(each) and each.status_code != 405
        ]
        assert any(refused(each) for _, each in answers) or found, address
    return found


def test_the_table_names_every_address_that_is_added() -> None:
    known = (
        OF_A_PAGE,
        OF_A_TEST,
        OF_A_TRANSLATION,
        OF_A_VERSION,
        OF_THE_WORKSHOP,
        OF_A_LIST,
        OF_A_SECTION,
    )
    assert sorted(added()) == sorted(set().union(*known))


def test_who_is_not_signed_in_is_sent_to_the_login(things: Any, client_of: Any) -> None:
    client, wrong = client_of(None), []
    for name in added():
        for method in ("get", "post"):
            answer = getattr(client, method)(of(name, things))
            to_login = answer.headers.get("Location", "").startswith("/accounts/login/")
            if answer.status_code != 302 or not to_login:
                wrong.append((method, name, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", OUTSIDE)
def test_who_does_not_write_is_refused(things: Any, role: str, client_of: Any) -> None:
    client = client_of(make_person("somebody", *([role] if role else [])))
    told = {
        (method, name): getattr(client, method)(of(name, things)).status_code
        for name in added()
        for method in ("get", "post")
    }
    assert {key: status for key, status in told.items() if status != 403} == {}


def test_who_writes_elsewhere_is_refused_at_this_page(
    things: Any, trainer: Any, client_of: Any
) -> None:
    """A trainer writes lessons, and enters the workshop; the script is none of theirs."""
    names = sorted(OF_A_PAGE | OF_A_TEST | OF_A_TRANSLATION | OF_A_VERSION)
    assert admitted(client_of(trainer), [of(name, things) for name in names]) == []


def test_who_lost_the_right_to_shared_things_is_refused(
    things: Any, trainer: Any, client_of: Any
) -> None:
    role = trainer.groups.get()
    role.permissions.remove(*role.permissions.filter(content_type__app_label="content"))
    names = sorted(OF_A_LIST | OF_A_SECTION)
    assert admitted(client_of(trainer), [of(name, things) for name in names]) == []


def test_wagtails_own_addresses_of_a_page_are_refused_too(
    script: Any, trainer: Any, client_of: Any
) -> None:
    one, revision = [script.pk], [script.pk, script.latest_revision_id]
    names = (
        "edit",
        "preview_on_edit",
        "history",
        "workflow_history",
        "unpublish",
        "delete",
        "move",
        "copy",
    )
    pages = [(name, one) for name in names]
    pages += [("revisions_view", revision), ("revisions_revert", revision)]
    addresses = [reverse(f"wagtailadmin_pages:{name}", args=told) for name, told in pages]
    assert admitted(client_of(trainer), addresses) == []


def test_a_test_of_another_page_is_not_found_through_ones_own(
    things: Any, trainer: Any, client_of: Any
) -> None:
    from content.actions import make_page
    from tests.bodies import ask, section

    lesson = make_page(
        kind="lesson", title="Quiz", code="quiz", settings={"pass_percent": 100}, by=trainer,
        body=[section("Read", ask("yes_no", "quiz", right="yes"))], publish=False,
    )  # fmt: skip
    client = client_of(trainer)
    for name in sorted(OF_A_TEST):
        told = {**things[name], "pk": lesson.pk}
        for method in ("get", "post"):
            answer = getattr(client, method)(reverse(name, kwargs=told))
            assert answer.status_code in {404, 405}, (method, name)


def test_nothing_is_begun_where_one_may_not_write(home: Any, trainer: Any, client_of: Any) -> None:
    from content.models import ScriptPage

    for parent in Page.objects.filter(depth__gt=1):
        posted = {"start": "survey", "parent": parent.pk}
        assert client_of(trainer).post(reverse("starts"), posted).status_code == 400
    assert not ScriptPage.objects.exists()


def test_a_trainer_begins_a_lesson_among_the_lessons(
    home: Any, trainer: Any, client_of: Any
) -> None:
    from content.models import LessonPage, LessonsPage

    client, folder = client_of(trainer), LessonsPage.objects.get(locale=home.locale)
    page = client.get(reverse("starts")).content.decode()
    assert page.count('name="start"') == 1
    client.post(reverse("starts"), {"start": "lesson", "parent": home.pk})
    assert not LessonPage.objects.exists()
    client.post(reverse("starts"), {"start": "lesson", "parent": folder.pk})
    assert LessonPage.objects.get().get_parent().pk == folder.pk
