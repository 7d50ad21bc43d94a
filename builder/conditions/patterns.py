r"""Patterns: a small, linear-time part of regular expressions, that matches the whole value.

Allowed: characters, `.`, `[classes]`, `\d \w \s` (ASCII) and their opposites, groups, `|`, `? * + {n} {n,} {n,m}`; a `^`
in front and a `$` at the end are tolerated. Refused: back references, look-around, lazy and nested unbounded repetition.
The server matches with RE2, whose time is linear; the browser with its own RegExp, which is why a repetition inside or
an alternative under an unbounded repetition is refused, and (when a page is published: `pattern_steps`) one that may be tried in too many ways. `portable` spells out what the two read differently.
"""

import re
from functools import lru_cache
from typing import Final

import re2

from builder.problems import gettext_noop as _
from builder.values import is_text

LONGEST: Final = 500
MOST_REPEATED: Final = 200
_SPACES: Final = r"\t\n\v\f\r "
_TOKEN: Final = re.compile(
    r"(?P<escape>\\[\s\S])|(?P<set>\[\^?(?:\\[dws\\\]\[\-^.$*+?(){}|/]|[^\\\[\]])+\])|(?P<open>\((?:\?:)?)|(?P<close>\))"
    r"|(?P<times>[*+?]|\{[0-9]{1,3}(?:,(?:[0-9]{1,3})?)?\})|(?P<bar>\|)|(?P<dot>\.)|(?P<plain>[^\\\[\](){}*+?|.^$])"
)
_ESCAPES: Final = frozenset("dwsDWS\\.[]{}()*+?|^$/-")


def body_of(pattern: str) -> str:
    """The pattern without the marks of the whole: it always matches the whole."""
    body = pattern.removeprefix("^")
    ends = body.endswith("$") and (len(body) - len(body[:-1].rstrip("\\")) - 1) % 2 == 0
    return body[:-1] if ends else body


def tokens_of(pattern: str) -> list[tuple[str, str]] | None:
    """The pattern's words, each with its kind (a group's name in `_TOKEN`); None if something is none."""
    tokens, at = [], 0
    while at < len(pattern):
        found = _TOKEN.match(pattern, at)
        if found is None:
            return None
        tokens.append((str(found.lastgroup), found.group()))
        at = found.end()
    return tokens


def _too_much(times: str) -> bool:
    return any(int(count) > MOST_REPEATED for count in re.findall("[0-9]+", times))


class _Nesting:
    """What the groups that are open hold, to refuse a repetition of a repetition."""

    def __init__(self) -> None:
        self.open: list[bool] = []
        self.closed = False  # whether the atom just read repeats or branches inside
        self.atom = False

    def read(self, kind: str, text: str) -> bool:
        """Take one token in; False if it must not stand here."""
        if kind == "open":
            self.open.append(False)
            self.atom = False
            return True
        if kind == "close":
            return self._close()
        if kind in {"times", "bar"}:
            return self._times(text) if kind == "times" else self._bar()
        self.atom, self.closed = True, False
        return kind != "escape" or text[1] in _ESCAPES

    def _close(self) -> bool:
        if not self.open:
            return False
        self.closed = self.open.pop()
        self.atom = True
        if self.closed:
            self._mark()
        return True

    def _bar(self) -> bool:
        self._mark()
        self.atom = False
        return True

    def _times(self, text: str) -> bool:
        nested = self.closed and text != "?"
        allowed = self.atom and not nested and not _too_much(text)
        self._mark()
        self.atom = False
        return allowed

    def _mark(self) -> None:
        if self.open:
            self.open[-1] = True


def pattern_problem(pattern: str) -> str | None:
    """Why the pattern cannot be used, as an English sentence; None if it can."""
    if len(pattern) > LONGEST:
        return _("The pattern is too long.")
    if not is_text(pattern):
        return _("The pattern cannot be read.")
    tokens = tokens_of(body_of(pattern))
    nesting = _Nesting()
    if (
        tokens is None
        or not all(nesting.read(kind, text) for kind, text in tokens)
        or nesting.open
    ):
        return _("The pattern uses something that cannot be used here.")
    try:
        _compiled(pattern)
    except re2.error:
        return _("The pattern cannot be read.")
    return None


def spelt(kind: str, text: str) -> str:
    """One word as both machines read it alike."""
    if kind == "set":
        return text.replace(r"\s", _SPACES)
    if text == r"\s":
        return f"[{_SPACES}]"
    if text == r"\S":
        return f"[^{_SPACES}]"
    if text == r"\-":
        return "-"
    return r"[^\n]" if kind == "dot" else text


def portable(pattern: str) -> str:
    """The pattern as both regular expression machines read it alike, to be matched against the whole value."""
    return "".join(spelt(kind, text) for kind, text in tokens_of(body_of(pattern)) or ())


@lru_cache(maxsize=1000)
def _compiled(pattern: str) -> "re2._Regexp":
    options = re2.Options()
    options.log_errors = False
    return re2.compile(portable(pattern), options)


def matches(text: str, pattern: str) -> bool:
    """Whether the pattern matches the whole text. A pattern that cannot be used matches nothing."""
    if pattern_problem_cached(pattern) is not None:
        return False
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=1000)
def pattern_problem_cached(pattern: str) -> str | None:
    """`pattern_problem`, remembered: patterns are matched far more often than written."""
    return pattern_problem(pattern)
