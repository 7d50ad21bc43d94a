"""Faults that a twin could have: each is planted into a copy of the browser's engine, and the random plays must find it.

A row names the file, what stands there, what stands there instead, and the aim (`aims.py`) of the plays that find it. Some are found
in a few plays of any aim, and planted by each test run; `make fuzz` plants them all.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.environment import ROOT

ENGINE: Final = ROOT / "runtime" / "static" / "runtime" / "engine"


@dataclass(frozen=True)
class Fault:
    """One fault."""

    says: str
    file: str
    right: str
    wrong: str
    aim: str = "anything"  # what random plays aim at to find it
    soon: bool = False  # a few plays find it, whatever they aim at

    def plant(self, folder: Path) -> Path:
        """A copy of the engine with the fault in it."""
        copy = folder / "engine"
        shutil.copytree(ENGINE, copy)
        code = (copy / self.file).read_text()
        assert code.count(self.right) == 1, (self.says, code.count(self.right))
        (copy / self.file).write_text(code.replace(self.right, self.wrong))
        return copy


FAULTS: Final = (
    Fault("unknown is false under not", "evaluate.mjs", "return value === null ? null : !value;", "return !value;", "not"),
    Fault("and forgets what is unknown", "evaluate.mjs", "return unknown ? null : !decides;", "return !decides;", "and"),
    Fault("an if without a condition takes the other way", "evaluate.mjs", "    if (value === null) return null;\n    return value ? yes(", "    return value ? yes(", "if"),
    Fault("an aggregate counts what is Missing", "evaluate.mjs", ".filter((value) => value !== null)", ".filter(() => true)", "count"),
    Fault("an aggregate is not made anew", "evaluate.mjs", "if (run !== root[RUN] || seen !== around) {", "if (run === undefined || seen !== around) {", "sum"),
    Fault("an aggregate of one entry stands for those of others", "evaluate.mjs", "if (run !== root[RUN] || seen !== around) {", "if (run !== root[RUN]) {", "entries in entries"),
    Fault("the greatest is the least", "evaluate.mjs", "(value, best) => value > best", "(value, best) => value < best", "max"),
    Fault("one of leaves out the last", "evaluate.mjs", "among.includes(value)", "among.slice(0, -1).includes(value)", "one_of"),
    Fault("overflow is not told", "evaluate.mjs", 'OVERFLOWING = new Set(["add", "sub", "mul", "add_days", "add_months"])', "OVERFLOWING = new Set([])", "add"),
    Fault("a quotient is cut, not rounded", "decimals.mjs", "if (twice < size || (twice === size && quotient % 2n === 0n)) return quotient;", "return quotient;", "div"),
    Fault("months do not clamp", "dates.mjs", "Math.min(", "Math.max(", "add_months"),
    Fault("hidden answers count", "cells.mjs", "const value = relevant ? this.effective(live, frame) : null;", "const value = this.effective(live, frame);", soon=True),
    Fault("a default stands over an answer", "cells.mjs", "if (raw === undefined) value = this.default === null ? null : this.defaulted(live, frame.values);", "if (this.default !== null) value = this.defaulted(live, frame.values);", soon=True),
    Fault("what is not offered stays", "cells.mjs", "return offered.includes(value) ? value : null;", "return value;", "filters"),
    Fault("a section is relevant without the one around it", "cells.mjs", "(this.within === null || this.within.holdsIn(values)) && holds(", "holds(", soon=True),
    Fault("a constraint breaks when it is unknown", "program.mjs", "broken: (root, entry) => test(root, entry) === false,", "broken: (root, entry) => test(root, entry) !== true,", "constraints"),
    Fault("overridden warnings still stand in the way", "frames.mjs", "problems.filter((problem) => problem.overridden === undefined).length", "problems.length", "warnings"),
    Fault("a changed answer keeps its override", "events.mjs", "  if (Object.hasOwn(state.overridden, place)) delete state.overridden[place];\n", "", "warnings"),
    Fault("a moved entry goes to the end", "events.mjs", "entries.includes(before) ? entries.indexOf(before) : entries.length", "entries.length", "entries"),
    Fault("the entry before is not told of a move", "live.mjs", '  ["entry_moved", "entered"],\n', "", "entries before"),
    Fault("readers in other entries are forgotten", "live.mjs", "for (const one of this.#under(above, reader.scope)) this", "for (const one of this.#under(above, reader.scope).slice(0, 1)) this", "sum"),
    Fault("a text is not said anew in another language", "live.mjs", "if (cell.says) for (", "if (cell.says && !cell.part) for (", "languages"),
    Fault("one returns from the side to the last place", "events.mjs", "else state.left ??= state.section;", "else state.left = state.section;", "side sections"),
    Fault("the patch keeps what is gone", "live.mjs", "for (const { part, key } of this.gone) tell(patch, part, key, null);", "", "entries"),
    Fault("a typed dollar is read by the browser", "showing.mjs", "filled += part.show(value, language);", 'filled = (filled + "@").replace("@", part.show(value, language));', "texts"),
)  # fmt: skip
