"""Texts that wagtail-localize knows to be behind: changed after they were translated, or not translated while their language is live.

It keeps what each text was when it was translated; so a text stays behind until somebody translates it again, however often
the page is published in the meantime.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from builder.checks.stale import stale_problem
from builder.problems import Problem
from builder.problems import gettext_noop as _
from content.models.base import AppPage

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONGEST = 80


@dataclass
class _Text:
    """A text of the page as it is written now, and the languages that are behind."""

    words: str
    stale: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)


def left_behind(page: AppPage) -> Iterator[Problem]:
    """One problem a block and kind; nothing where the page is not translated with wagtail-localize."""
    source = TranslationSource.objects.get_for_instance_or_none(page)
    if source is None:
        return
    live = set(type(page).objects.filter(translation_key=page.translation_key, live=True).values_list("locale", flat=True))  # fmt: skip
    targets = [one for one in source.translations.filter(enabled=True).select_related("target_locale") if one.target_locale_id in live]  # fmt: skip
    if not targets:
        return
    texts = {
        value.path: _Text(value.string.data)
        for value in extract_segments(page)
        if isinstance(value, StringSegmentValue) and value.string.data.strip()
    }
    for target in targets:
        _compared(source, target.target_locale, texts)
    yield from _told(texts)


def _compared(source: TranslationSource, locale: object, texts: dict[str, _Text]) -> None:
    """Note the language at each text that it is behind with."""
    translated = StringTranslation.objects.filter(locale=locale, context__object=source.object)
    done: dict[str, set[str]] = {}
    for path, words in translated.values_list("context__path", "translation_of__data"):
        done.setdefault(path, set()).add(words)
    kept = StringSegment.objects.filter(source=source).values_list("context__path", flat=True)
    for path in {*kept, *done} & texts.keys():
        text = texts[path]
        if text.words not in done.get(path, ()):
            (text.stale if path in done else text.lacking).add(locale.language_code)  # type: ignore[attr-defined]


def _told(texts: dict[str, _Text]) -> Iterator[Problem]:
    """One problem a block: it is named by its first text that is behind."""
    stale: dict[str, _Text] = {}
    lacking: dict[str, _Text] = {}
    for path, text in texts.items():
        found = _ID.findall(path)
        place = found[-1] if found else ""
        if text.stale:
            stale.setdefault(place, text).stale.update(text.stale)
        if text.lacking:
            lacking.setdefault(place, text).lacking.update(text.lacking)
    for place, text in stale.items():
        yield stale_problem(place, text.words[:LONGEST], sorted(text.stale))
    for place, text in lacking.items():
        message = _("“%(label)s” is not translated into %(languages)s.")
        params = {"label": text.words[:LONGEST], "languages": ", ".join(sorted(text.lacking))}
        yield Problem(
            "untranslated", place, message, _("Translate the text."), params, warning=True
        )
