"""How far a script is translated, and what a translator has seen; the only writer of TranslatedText.

wagtail-localize keeps the translators' work (segments, PO files, its editor beside the source); a page may as well be translated
by hand in its own editor. Both end in a live page, whose texts are then noted with the source they stand for.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

import polib
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from builder import publish as publishing
from builder.checks.stale import behind
from builder.definition import Definition
from builder.definition.translated import Pair, State, pairs
from builder.problems import Problem, gettext_noop
from content.models import AppPage, TranslatedText

AT_ONCE = 500


@dataclass(frozen=True)
class Standing:
    """One language of a definition: how many texts there are, and those that are missing or stale with what they were."""

    language: str
    texts: int = 0
    missing: tuple[Pair, ...] = ()
    stale: tuple[tuple[Pair, str], ...] = field(default=())  # with the source it was made of

    @property
    def fresh(self) -> int:
        return self.texts - len(self.missing) - len(self.stale)

    @property
    def whole(self) -> bool:
        return not self.missing and not self.stale


def standing(translation_key: UUID, definition: Definition, language: str) -> Standing:
    """How far a definition is translated into a language."""
    known = _known(translation_key, language)
    texts, missing, stale = 0, [], []
    for pair in pairs(definition, language):
        texts += 1
        seen = known.get(pair.block, ())
        state = pair.state(seen)
        if state is State.MISSING:
            missing.append(pair)
        elif state is State.STALE:
            stale.append((pair, _made_of(pair, seen)))
    return Standing(language, texts, tuple(missing), tuple(stale))


def note(page: AppPage, by: Any) -> None:
    """A translation went live: keep what each of its texts was made of.

    Of a page under wagtail-localize that is the source as its translator was given it; a text there is always made of that. In a page
    translated by hand only what is new was: what stayed as it is may not have been looked at.
    """
    source = publishing.family(page)[0]
    given = _under_localize(page)
    definition = publishing.draft(page, [given or source, page])
    if definition is None or source.pk == page.pk:
        return
    language = page.locale.language_code
    known = _known(page.translation_key, language)
    found = [
        pair
        for pair in pairs(definition, language)
        if pair.text not in ("", pair.source)
        and (given is not None or pair.text not in {one.text for one in known.get(pair.block, ())})
    ]
    _keep(page.translation_key, language, found, by)


def approve(*, page: AppPage, language: str, approved: Iterable[Pair], by: Any) -> None:
    """These translations are right for the source as it is now; a word may be the same in both."""
    _keep(page.translation_key, language, [pair for pair in approved if pair.text], by)


@transaction.atomic
def send(*, page: AppPage, languages: Iterable[str], by: Any) -> None:
    """Give the newest draft to the translators of these languages: wagtail-localize's segments are made of it, and what is already
    translated is kept. Takes seconds for hundreds of texts."""
    source, _made = TranslationSource.update_or_create_from_instance(
        page.get_latest_revision_as_object()
    )
    for language in languages:
        locale = Locale.objects.get(language_code=language)
        translation, made = Translation.objects.get_or_create(
            source=source, target_locale=locale, defaults={"enabled": True}
        )
        if made:
            _take_over(page, source, locale)
        translation.save_target(user=by, publish=False)


class NotTakenIn(Exception):
    """A PO file that is not one of this translation; the text says why, and what to do."""


def take_in(*, page: AppPage, locale: Locale, po: bytes, by: Any) -> None:
    """The texts of a PO file, as `wagtail-localize` gave it out for this very translation; the draft of the translation follows.
    Raises NotTakenIn."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=locale, enabled=True
    ).first()
    if translation is None:
        raise NotTakenIn(NO_TRANSLATION)
    try:
        text = po.decode("utf-8-sig")
        read = polib.pofile(
            text if "msgid" in text and "\n" in text else "\n"
        )  # never a file's name
    except (OSError, ValueError):  # UnicodeDecodeError among them; polib's own is an OSError
        raise NotTakenIn(NO_PO) from None
    if not len(read):
        raise NotTakenIn(NO_PO)
    if read.metadata.get("X-WagtailLocalize-TranslationID") != str(translation.uuid):
        raise NotTakenIn(OTHER_PO)
    translation.import_po(read, user=by, tool_name="PO File")
    translation.save_target(user=by, publish=False)


def gate(page: AppPage, definition: Definition) -> Iterator[Problem]:
    """What lacks or is stale in the languages in which the page must be whole. A translation itself is never stopped."""
    if publishing.family(page)[0].pk != page.pk:
        return
    known = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    for language in page.complete_in:
        if language not in known:
            yield Problem("language_gone", "", GONE, GONE_REMEDY, {"language": language})
            continue
        found = standing(page.translation_key, definition, language)
        params = {"language": str(known[language])}
        for pair in found.missing:
            yield Problem(
                "untranslated", pair.block, MISSING, REMEDY, {**params, "text": pair.source[:80]}
            )
        for pair, _was in found.stale:
            yield Problem("stale", pair.block, STALE, REMEDY, {**params, "text": pair.text[:80]})


def evidence(page: AppPage, definition: Definition) -> dict[str, Any]:
    """The numbers of each language that a version speaks."""
    found = (
        standing(page.translation_key, definition, language)
        for language in definition.languages[1:]
    )
    return {
        one.language: {"texts": one.texts, "missing": len(one.missing), "stale": len(one.stale)}
        for one in found
    }


def behind_in(page: AppPage, definition: Definition) -> Iterator[Problem]:
    """For the check: what is stale or missing in each language that a definition speaks."""
    for language in definition.languages[1:]:
        yield from behind(definition, language, _known(page.translation_key, language))


NO_TRANSLATION = gettext_noop("Begin the translation first; then take the file in.")
NO_PO = gettext_noop(
    "This is no PO file that can be read. Download it here again and fill that in."
)
OTHER_PO = gettext_noop(
    "This PO file belongs to another translation. Download the one of this page and language, and fill that in."
)
GONE = gettext_noop(
    "The page must be whole in “%(language)s”, which is no language here any more."
)
GONE_REMEDY = gettext_noop("Untick it under App, or add the language again.")
MISSING = gettext_noop("“%(text)s” is not translated: %(language)s.")
STALE = gettext_noop("“%(text)s” was translated before its source changed: %(language)s.")
REMEDY = gettext_noop("See the page's translations.")


def _known(translation_key: UUID, language: str) -> Mapping[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    rows = TranslatedText.objects.filter(translation_key=translation_key, language=language)
    for block, source, text in rows.order_by("pk").values_list("block", "source", "text"):
        found.setdefault(block, []).append(Pair(block, source, text))
    return found


def _made_of(pair: Pair, known: Iterable[Pair]) -> str:
    """The source that this translation was last made of; an empty text where nobody has seen them together."""
    return next((one.source for one in reversed(list(known)) if one.text == pair.text), "")


def _keep(translation_key: UUID, language: str, found: list[Pair], by: Any) -> None:
    rows = [
        TranslatedText(
            translation_key=translation_key,
            language=language,
            block=pair.block,
            source=pair.source,
            text=pair.text,
            sha256=sha256(json.dumps([pair.block, pair.source, pair.text]).encode()).hexdigest(),
            by=by if by is not None and by.pk else None,
        )
        for pair in found
    ]
    TranslatedText.objects.bulk_create(rows, AT_ONCE, ignore_conflicts=True)


def _under_localize(page: AppPage) -> AppPage | None:
    """The source as wagtail-localize gave it to the translator; None where it does not look after this page."""
    translation = (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale=page.locale, enabled=True
        )
        .select_related("source")
        .first()
    )
    given: AppPage | None = translation.source.as_instance() if translation else None
    return given


def _take_over(page: AppPage, source: TranslationSource, locale: Locale) -> None:
    """What was translated by hand becomes the translators' text, so that nothing is lost."""
    target = page.get_translation_or_none(locale)
    if target is None or target.alias_of_id:
        return
    written = {
        segment.path: segment.string
        for segment in extract_segments(target.specific.get_latest_revision_as_object())
        if isinstance(segment, StringSegmentValue)
    }
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        text = written.get(segment.context.path)
        if text is not None and text.data != segment.string.data:
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": text.data},
            )
