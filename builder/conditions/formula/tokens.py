"""A formula's letters, grouped: numbers, dates, texts, words and signs, each with its place."""

import re
from dataclasses import dataclass
from typing import Final

from builder.conditions.formula.faults import Faulty
from builder.problems import gettext_noop as _
from builder.values import is_blank, is_date, is_text
from builder.values.texts import BLANKS

LONGEST: Final = 5_000
_TOKEN: Final = re.compile(
    rf"(?P<blank>[{BLANKS}]+)"
    r"|(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]))"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r'|(?P<text>"(?:[^"]|"")*"|“[^”]*”)'
    r"|(?P<open>[\"“])"
    r"|(?P<name>\{[^{}]*\})"
    r"|(?P<word>[^\W\d]\w*(?:\.[^\W\d]\w*)?)"
    r"|(?P<foreign>==+|=[<>]|<>|!(?!=)|&&?|\|\|?|\*\*|:=?|;|[?%^~#\[\]'])"
    r"|(?P<sign>[<>!]=|[-+*/=<>(),≤≥≠×÷−–])"
)
_SAME: Final = {"≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "/", "−": "-", "–": "-"}
# What other languages write, and what it is here.
_MEANT: Final = {
    "==": "=",
    "===": "=",
    ":=": "=",
    ":": "=",
    "=>": ">=",
    "=<": "<=",
    "<>": "!=",
    "!": "not",
    "&": "and",
    "&&": "and",
    "|": "or",
    "||": "or",
    "'": '"',
    ";": ",",
    "[": "(",
    "]": ")",
}


@dataclass(frozen=True, slots=True)
class Token:
    """One group. `kind`: number, date, text, name (in braces), word, sign, end; `text` without quotes and braces."""

    kind: str
    text: str
    at: int

    @property
    def small(self) -> str:
        """A word or sign as it is compared: keywords may be written in capitals."""
        return self.text.lower() if self.kind in {"word", "sign"} else ""


def tokens(text: str, faults: Faulty) -> list[Token]:
    """The groups up to the first that cannot be read, which becomes a problem; the last is always the end."""
    found: list[Token] = []
    at = 0
    if len(text) > LONGEST:
        faults.add(at, _("The formula is too long."), _("Divide it into several calculations."))
        text = ""
    while at < len(text):
        match = _TOKEN.match(text, at)
        kind, written = (match.lastgroup or "", match.group()) if match else ("", text[at])
        if kind != "blank":
            token = _token(kind, written, at, faults)
            if token is None:
                break
            found.append(token)
        at += len(written)
    if not found and not faults.found:
        faults.add(
            0,
            _("The formula is empty."),
            _("Write a formula, for example: %(example)s"),
            example="age >= 18",
        )
    return [*found, Token("end", "", len(text))]


def _token(kind: str, written: str, at: int, faults: Faulty) -> Token | None:
    if kind in {"", "foreign"}:
        near = _MEANT.get(written, "")
        remedy = _("Did you mean “%(near)s”?") if near else _("Take it out.")
        faults.add(
            at, _("“%(found)s” means nothing in a formula."), remedy, found=written, near=near
        )
        return None
    if kind == "open":
        faults.add(
            at, _("A text begins here and never ends."), _("Close it with a quotation mark.")
        )
        return None
    if kind == "text":
        return _text(written, at, faults)
    if kind == "date" and not is_date(written):
        faults.add(
            at, _("There is no date “%(found)s”."), _("Write a date as 2026-12-31."), found=written
        )
        return None
    if kind == "number":
        return _number(written, at, faults)
    if kind == "name":
        return Token(kind, written[1:-1].strip(BLANKS), at)
    return Token(kind, _SAME.get(written, written), at)


def _text(written: str, at: int, faults: Faulty) -> Token | None:
    inner = written[1:-1].replace('""', '"') if written[0] == '"' else written[1:-1]
    if is_blank(inner):
        remedy = _("To ask whether there is an answer, write “is answered” or “is not answered”.")
        faults.add(at, _("An empty text is no answer."), remedy)
        return None
    if not is_text(inner) or len(inner) > 2000:
        faults.add(at, _("This text cannot be kept."), _("Write it anew, and shorter."))
        return None
    return Token("text", inner, at)


def _number(written: str, at: int, faults: Faulty) -> Token | None:
    whole, _point, fraction = written.partition(".")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    if len(whole) > 15 or len(fraction) > 12:
        message = _("“%(found)s” has too many digits.")
        remedy = _("A number has up to 15 digits before the point and 12 behind it.")
        faults.add(at, message, remedy, found=written[:40])
        return None
    return Token("number", f"{whole}.{fraction}" if fraction else whole, at)
