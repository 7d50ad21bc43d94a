"""wagtail-localize, as its editor uses it: texts become segments, names and conditions do not."""

from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from builder.models import Version, definition_of
from tests.bodies import ask, line, section, when

BODY = [
    section(
        "Start",
        ask(
            "choose_one",
            "mood",
            "How are you",
            choices=[{"name": "good", "label": "Good"}, {"name": "bad", "label": "Bad"}],
        ),
        line("Get well soon", relevance=when(("mood", "eq", "bad"))),
        name="start",
    )
]
FRENCH = {
    "Start": "Début",
    "How are you": "Comment allez-vous",
    "Good": "Bien",
    "Bad": "Mal",
    "Get well soon": "Bon rétablissement",
}


def test_a_page_translated_by_wagtail_localize_ends_in_the_definition(
    make: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = make(BODY)
    source, _made = TranslationSource.update_or_create_from_instance(page)
    texts = {segment.string.data for segment in StringSegment.objects.filter(source=source)}
    assert texts == {"Small", "small", "Done", *FRENCH}
    french = Locale.objects.get(language_code="fr")
    translation = Translation.objects.create(source=source, target_locale=french)
    for segment in StringSegment.objects.filter(source=source):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=french,
            context=segment.context,
            data=FRENCH.get(segment.string.data, segment.string.data),
        )
    with django_capture_on_commit_callbacks(
        execute=True
    ):  # it publishes when its transaction is through
        translation.save_target(publish=True)
    definition = definition_of(Version.objects.order_by("-number")[0])
    mood, wish = definition.sections[0].items
    assert definition.languages == ("en", "fr")
    assert (mood.name, mood.label.plain("fr")) == ("mood", "Comment allez-vous")
    assert [(choice.name, choice.label.plain("fr")) for choice in mood.settings.choices] == [
        ("good", "Bien"),
        ("bad", "Mal"),
    ]
    assert wish.text.plain("fr") == "Bon rétablissement"
