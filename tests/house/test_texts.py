"""Every text people see is there in every language, with the same placeholders and tags as its English."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import polib
import pytest
from django.conf import settings

from tests.environment import ROOT
from tests.house.collecting import collected, of_program, of_template

FOLDER = ROOT / "config" / "locale"
SOURCE = "en"  # the msgids themselves
TRANSLATED = sorted(code for code, _name in settings.LANGUAGES if code != SOURCE)
# A placeholder of any kind (a stray % too, for it breaks the formatting of the text), or a tag.
MARKS = re.compile(r"%(?:(?:\(\w+\))?[a-z]|%|(?=\W|$))|\{\w*\}|</?\w[^>]*>")
# How many forms a counted text has: one and several.
FORMS = {"de": 2, "fr": 2, "nl": 2}


@cache
def file(language: str) -> polib.POFile:
    return polib.pofile(str(FOLDER / language / "LC_MESSAGES" / "django.po"))


def texts(language: str) -> list[polib.POEntry]:
    return [entry for entry in file(language) if not entry.obsolete]


def identity(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def pairs(entry: polib.POEntry) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each translation, with the English forms it may follow: only the singular may leave its number out."""
    if not entry.msgid_plural:
        yield (entry.msgid,), entry.msgstr
    for number, text in sorted(entry.msgstr_plural.items()):
        yield (entry.msgid, entry.msgid_plural)[0 if number == 0 else 1 :], text


def marks(text: str) -> Counter[str]:
    return Counter(MARKS.findall(text))


def edges(text: str) -> tuple[str, str]:
    """The blanks and line breaks around a text, which join it to what stands beside it."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def wrong(language: str) -> Iterator[tuple[str, str, str]]:
    for entry in texts(language):
        for sources, text in pairs(entry):
            if text and all(marks(text) != marks(source) for source in sources):
                yield language, entry.msgid, text


def test_each_language_of_the_house_has_its_texts():
    assert sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir()) == TRANSLATED
    assert sorted(FORMS) == TRANSLATED


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language):
    unsaid = [
        entry.msgid
        for entry in texts(language)
        if entry.fuzzy or not all(text for _sources, text in pairs(entry))
    ]
    assert unsaid == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_text_counted_has_all_its_forms(language):
    counted = [entry for entry in texts(language) if entry.msgid_plural]
    assert f"nplurals={FORMS[language]};" in file(language).metadata["Plural-Forms"]
    assert counted
    assert [
        entry.msgid
        for entry in counted
        if sorted(entry.msgstr_plural) != [*range(FORMS[language])]
    ] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_and_tags_are_those_of_the_english(language):
    assert list(wrong(language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_blanks_around_a_text_are_kept(language):
    assert [
        (entry.msgid, text)
        for entry in texts(language)
        for sources, text in pairs(entry)
        if text and edges(text) != edges(sources[0])
    ] == []


def test_all_languages_have_the_same_texts():
    known = {language: {identity(entry) for entry in texts(language)} for language in TRANSLATED}
    everything = set().union(*known.values())
    assert {
        language: sorted(everything - known[language], key=str) for language in TRANSLATED
    } == {language: [] for language in TRANSLATED}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_stands_twice(language):
    times = Counter(identity(entry) for entry in texts(language))
    assert [entry for entry, count in times.items() if count > 1] == []


def test_texts_are_found_wherever_they_stand():
    program = """f'<b>{escape(gettext("in braces"))}</b>' + ngettext("one", "many", 2) + pgettext("app", "open")"""
    assert sorted(of_program(program), key=str) == [
        ("app", "open"),
        (None, "in braces"),
        (None, "one"),
    ]
    tags = """{% translate "a tag" %}{% translate "open" context "app" %}{% blocktranslate count n=n %}{{ n }} one{% plural %}{{ n }} more{% endblocktranslate %}"""
    assert [*of_template(tags)] == [(None, "a tag"), ("app", "open"), (None, "%(n)s one")]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_programs_and_templates_is_there(language):
    known = {(entry.msgctxt, entry.msgid) for entry in texts(language)}
    assert {said: file for said, file in collected().items() if said not in known} == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_kept_that_nobody_says(language):
    assert [
        entry.msgid for entry in texts(language) if (entry.msgctxt, entry.msgid) not in collected()
    ] == []
