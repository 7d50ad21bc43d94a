"""What may be answered, as unknowns: one set of them for each question in each entry, each with values to try first.

The door of the engine is the limit: what a type refuses is never an answer, what it admits may be one, right or wrong.
"""

from collections.abc import Iterable
from typing import Any, Final

from builder.conditions.patterns import matches
from builder.definition import Question
from builder.proof import samples, whole
from builder.proof.coded import Coded, decided, missing
from builder.proof.coding import NAMELESS, Numbered, coded, limits, units
from builder.proof.languages import disjoint, shared
from builder.proof.raw import MOST_MEMBERS, Raw, Spoken
from builder.proof.rows import FALSE, Term
from builder.proof.terms import Terms
from builder.question_types import TYPES, Part, QuestionType, Settings, points
from builder.values import decimal

MOST_TRIED: Final = 24
MOST_PATTERNS: Final = 8


class Answers:
    """Makes the unknowns of answers."""

    def __init__(self, terms: Terms, numbered: Numbered, spoken: Spoken, wide: Term) -> None:
        self.terms, self.numbered, self.spoken, self.wide = terms, numbered, spoken, wide
        self.chosen = numbered.codes("one", spoken.values.get("one", ()))
        self.typed = [*spoken.values.get("text", ()), *samples.PLAIN]
        for pattern in spoken.patterns:
            self.typed += samples.matched(pattern)
        self.typed += shared(spoken.patterns[:MOST_PATTERNS])
        self.typed = list(dict.fromkeys(self.typed))
        self.widened: set[Term] = set()  # unknowns that may be more than what is tried
        self.all: list[Raw] = []
        self._count = 0
        self._domains: dict[Any, tuple[int, ...]] = {}
        self.unsaid: dict[Term, dict[str, Term]] = {}
        self._matching: dict[tuple[str, int], frozenset[int]] = {}

    def of(self, question: Question, place: str) -> tuple[Raw, Coded]:
        """The answer of a question at a place."""
        kind, settings = TYPES[question.type], question.settings
        given = self.terms.unknown_truth()
        raw = Raw(place, question, kind.answer_type, given)
        if kind.answer_type == "parts":
            found = self._parts(raw, kind, settings)
        else:
            found = self._plain(raw, kind, settings)
        if question.default is not None:
            raw.garbled = self.terms.unknown_truth()
        self.all.append(raw)
        return raw, found

    def _plain(self, raw: Raw, kind: QuestionType, settings: Settings) -> Coded:
        if raw.type == "bool":
            raw.value = self.terms.unknown_truth()
            yes = self.terms.both(raw.given, raw.value)
            return decided(yes, self.terms.both(raw.given, self.terms.no(raw.value)), self.terms)
        if raw.type in {"many", "ranked"}:
            return self._several(raw, kind, settings)
        if raw.type == "one":
            return self._one(raw, [choice.name for choice in settings.choices])
        if raw.type == "number":
            return self._number(raw, *_bounds(kind, settings))
        if raw.type in {"text", "partial"}:
            return self._worded(raw, kind, settings)
        low, high = limits(raw.type, 0)
        return self._counted(raw, low, high)

    def _parts(self, raw: Raw, kind: QuestionType, settings: Settings) -> Coded:
        found: dict[str, Coded] = {}
        raw.wholes = whole.wholes(kind, settings)
        together = self._together(raw.wholes)
        for part in kind.parts(settings):
            given = together.get(part.name) if raw.wholes else self.terms.unknown_truth()
            if given is None:
                continue
            inner = Raw(part.name, None, part.answer_type, given)
            raw.parts[part.name] = inner
            found[part.name] = self._part(inner, raw, part)
        given = self.terms.either(*(one.known for one in found.values()))
        raw.given = FALSE  # it is given when a part is
        return Coded("parts", given, parts=found)

    def _together(self, wholes: tuple[tuple[str, ...], ...]) -> dict[str, Term]:
        """Of parts that are given together or not at all the truth that they share; of the wholes at most one is given."""
        terms, given = self.terms, [self.terms.unknown_truth() for _whole in wholes]
        for one in given:
            terms.holds(
                one, terms.no(terms.both(one, terms.either(*(t for t in given if t != one))))
            )
        return {name: one for names, one in zip(wholes, given, strict=True) for name in names}

    def _part(self, inner: Raw, outer: Raw, part: Part) -> Coded:
        if part.kind == "one":
            return self._one(inner, [choice.name for choice in part.choices])
        if part.kind == "number":
            low, high = limits("number", part.scale)
            low = low if part.minimum is None else units(part.minimum, part.scale)
            high = high if part.maximum is None else units(part.maximum, part.scale)
            return self._number(inner, part.scale, low, high)
        if part.kind == "date":
            return self._counted(inner, *limits("date", 0))
        question = outer.question
        assert question is not None  # noqa: S101 - answers in parts are of questions
        return self._worded(inner, TYPES[question.type], question.settings, part.name)

    def _one(self, raw: Raw, names: list[str]) -> Coded:
        codes = self.numbered.codes("one", names)
        if not codes:
            raw.given = FALSE
            return missing("one")
        raw.value = self._within(codes)
        raw.tried = tuple(sorted(codes & self.chosen) or sorted(codes)[:MOST_TRIED])
        raw.tried += tuple(sorted(codes - self.chosen)[:2])
        return Coded("one", raw.given, raw.value, possible=codes)

    def _within(self, codes: frozenset[int]) -> Term:
        """An unknown that is one of these."""
        terms = self.terms
        value = terms.unknown(min(codes), max(codes))
        return terms.holds(value, terms.among(value, codes))

    def _several(self, raw: Raw, kind: QuestionType, settings: Settings) -> Coded:
        terms, names = self.terms, [choice.name for choice in settings.choices]
        codes = self.numbered.codes("one", names)
        kept = codes if len(codes) <= MOST_MEMBERS else codes & self.chosen
        raw.given = FALSE  # it is given when something is chosen
        raw.members = {code: terms.unknown_truth() for code in sorted(kept)}
        if len(kept) < len(codes):
            raw.others = terms.unknown_truth(), tuple(sorted(codes - kept)[:1])
        known = terms.either(*raw.members.values(), raw.others[0])
        if raw.type == "ranked":
            self._places(raw, int(settings.items().get("places") or 0) or len(names))
        return Coded(raw.type, known, members=raw.members)

    def _places(self, raw: Raw, most: int) -> None:
        terms = self.terms
        one, nothing = terms.number(1), terms.number(0)
        chosen = terms.sum(*(terms.choose(m, one, nothing) for m in raw.members.values()))
        raw.most = most
        for member in raw.members.values():
            terms.holds(member, terms.most(chosen, terms.number(most)))

    def _number(self, raw: Raw, scale: int, low: int, high: int) -> Coded:
        raw.scale = scale
        return self._counted(raw, low, high)

    def _counted(self, raw: Raw, low: int, high: int) -> Coded:
        """A number, a date, a time: anything between two ends."""
        if low > high:
            raw.given = FALSE
            return missing(raw.type)
        raw.value = self.terms.unknown(low, high)
        raw.tried = self._beside(raw, low, high)
        return Coded(raw.type, raw.given, raw.value, scale=raw.scale)

    def _beside(self, raw: Raw, low: int, high: int) -> tuple[int, ...]:
        """Values that matter: those written beside the question's name, their neighbours, and a few others."""
        name = raw.question.name if raw.question is not None else ""
        step = 10**raw.scale
        words = (*self.spoken.beside.get(name, ())[:8], *self.spoken.values.get(raw.type, ())[:6])
        found = [max(min(0, high), low), max(min(step, high), low)]
        for word in words:
            code = _rough(raw, word, self.numbered)
            found += () if code is None else (code, code - 1, code + 1, code + step)
        bounds = [code for code in (low, high) if abs(code) < 10**9]
        return tuple(dict.fromkeys(c for c in (*found, *bounds) if low <= c <= high))[:MOST_TRIED]

    def _worded(self, raw: Raw, kind: QuestionType, settings: Settings, part: str = "") -> Coded:
        """A text, or a partial date: one of those written down, one of its own, or (in a wide world) one that nobody wrote down."""
        terms = self.terms
        self._count += 1
        key = (kind.name, settings, part)
        known = self._domains.get(key)
        if known is None:
            words = self.typed if raw.type == "text" else self._partials()
            words = [*whole.words(kind, settings, part), *words]
            known = self._domains[key] = self._admitted(raw.type, kind, settings, part, words)
        own = samples.own(self._count) if raw.type == "text" else ()
        mine = self._admitted(raw.type, kind, settings, part, own)[:1]
        codes = frozenset((*known, *mine))
        raw.value = terms.unknown(min(codes, default=NAMELESS), 2 * NAMELESS)
        self.widened.add(raw.value)
        nameless = FALSE
        if part not in whole.LISTED:
            nameless = terms.most(terms.number(NAMELESS), raw.value)
        terms.holds(
            raw.value,
            terms.either(terms.among(raw.value, codes), terms.both(self.wide, nameless)),
        )
        raw.tried = (*mine, *known[:MOST_TRIED])
        return Coded(raw.type, raw.given, raw.value)

    def _partials(self) -> list[str]:
        days = self.spoken.values.get("date", ())
        found = [*self.spoken.values.get("partial", ()), "2020", "2020-05", "2020-05-17", "1950"]
        for day in (*days[:6], "2026-01-01"):
            found += [
                day,
                day[:7],
                day[:4],
                str(int(day[:4]) - 1),
                str(min(int(day[:4]) + 1, 9999)),
            ]
        return list(dict.fromkeys(found))

    def _admitted(
        self,
        answer_type: str,
        kind: QuestionType,
        settings: Settings,
        part: str,
        words: Iterable[str],
    ) -> tuple[int, ...]:
        """The codes of those that the door lets in unchanged."""
        found, around = [], whole.around(kind, settings, part)
        for word in words:
            value: Any = {**around, part: word} if part else word
            if kind.admit(value, settings).value == value:
                found.append(self.numbered.code(answer_type, word))
        return tuple(found)

    def admitted(self, text: Coded, question: Question) -> Term:
        """Whether a text may be an answer of a question, as its default."""
        kind = TYPES[question.type]
        good = frozenset(
            code
            for code, word in self.numbered.texts
            if kind.admit(word, question.settings).value == word
        )
        return self.said_of(text, good)

    def matching(self, text: Coded, pattern: str) -> Term:
        """Whether a text matches a pattern."""
        key = (pattern, len(self.numbered.texts))
        good = self._matching.get(key)
        if good is None:
            good = self._matching[key] = frozenset(
                code for code, word in self.numbered.texts if matches(word, pattern)
            )
        return self.said_of(text, good, pattern)

    def said_of(self, text: Coded, good: frozenset[int], pattern: str = "") -> Term:
        """Whether a text is one of these; of what nobody wrote down nobody can say."""
        terms = self.terms
        plain = terms.among(text.value, good)
        if text.known == FALSE or terms.constant(text.value) is not None:
            return plain
        nameless = terms.most(terms.number(NAMELESS), text.value)
        unsaid = self._unsaid(text.value, pattern)
        return terms.either(plain, terms.both(self.wide, nameless, unsaid))

    def _unsaid(self, value: Term, pattern: str) -> Term:
        """Whether a text that nobody wrote down matches a pattern: not two that no text matches both."""
        known = self.unsaid.setdefault(value, {})
        if pattern and pattern in known:
            return known[pattern]
        found = self.terms.unknown_truth()
        for other, matched in known.items() if pattern else ():
            if disjoint(pattern, other):
                never = self.terms.no(self.terms.both(found, matched))
                self.terms.holds(found, never)
                self.terms.holds(matched, never)
        if pattern and len(known) < MOST_PATTERNS:
            known[pattern] = found
        return found


def _bounds(kind: QuestionType, settings: Settings) -> tuple[int, int, int]:
    """The decimals of a number, and what the door lets in."""
    if kind.name == "scale":
        ends = points(settings)
        if ends:
            return 0, int(ends[0]), int(ends[-1])
        low, high = limits("number", 0)
        least, most = settings.minimum, settings.maximum
        low = low if least is None else max(low, -int(-decimal(least) // 1))
        high = high if most is None else min(high, int(decimal(most) // 1))
        return 0, low, high
    scale = min(int(settings.items().get("scale") or 0), 12) if kind.name == "decimal" else 0
    return scale, *limits("number", scale)


def _rough(raw: Raw, word: str, numbered: Numbered) -> int | None:
    """The code of a word that stands beside a question; rounded where the question has fewer decimals."""
    try:
        return coded(raw.type, word, raw.scale, numbered)
    except (ValueError, ArithmeticError):
        return None
