"""The colours of tokens.css, in both themes: WCAG 2.2 AA, computed for every pair that can meet on a page."""

import re
from collections.abc import Iterator

import pytest

from tests.environment import ROOT

TOKENS = ROOT / "runtime" / "static" / "runtime" / "tokens.css"
BLOCK = re.compile(r"(?P<selector>:root[^{]*)\{(?P<rules>[^}]*)\}")
COLOUR = re.compile(r"--(?P<name>[a-z-]+):\s*#(?P<hex>[0-9a-f]{3}|[0-9a-f]{6});")
GROUNDS = ("paper", "card", "tint")
WRITTEN = ("ink", "soft", "brand", "say", "cue", "ok", "warn", "bad")  # on every ground
TEXT, PART = 4.5, 3.0  # text; edges of controls and the focus
PAIRS = [
    *((text, ground, TEXT) for text in WRITTEN for ground in GROUNDS),
    *((part, ground, PART) for part in ("edge", "focus") for ground in ("paper", "card")),
    ("brand-ink", "brand", TEXT),
    ("ink", "brand-tint", TEXT),
    ("brand", "brand-tint", TEXT),
    *((tone, f"{tone}-bg", TEXT) for tone in ("cue", "ok", "warn", "bad")),
    *(("ink", f"{tone}-bg", TEXT) for tone in ("ok", "warn", "bad")),
]


def themes() -> dict[str, dict[str, str]]:
    """The colours of each block of tokens, a later theme standing on the first."""
    found: dict[str, dict[str, str]] = {}
    for block in BLOCK.finditer(TOKENS.read_text()):
        colours = {each["name"]: each["hex"] for each in COLOUR.finditer(block["rules"])}
        found[block["selector"].strip()] = next(iter(found.values()), {}) | colours
    return found


def light(colour: str) -> float:
    """The relative luminance of a colour, as WCAG defines it."""
    six = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    parts = [int(six[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, brighter = sorted((light(one), light(other)))
    return (brighter + 0.05) / (darker + 0.05)


def too_faint(colours: dict[str, str]) -> Iterator[str]:
    for front, back, least in PAIRS:
        found = contrast(colours[front], colours[back])
        if found < least:
            yield f"{front} on {back}: {found:.2f} < {least}"


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("000", "ffffff") == pytest.approx(21)


def test_every_theme_keeps_the_contrast():
    found = themes()
    assert len(found) == 3
    assert [fault for colours in found.values() for fault in too_faint(colours)] == []


def test_the_dark_theme_is_the_same_chosen_or_preferred():
    _light, chosen, preferred = themes().values()
    assert chosen == preferred


def test_a_faint_colour_is_noticed():
    _light, dark, _preferred = themes().values()
    assert list(too_faint(dark | {"soft": dark["tint"]})) != []
