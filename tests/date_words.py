"""`python -m tests.date_words` writes the browser's twin of builder/values/date_words.py."""

import json
import sys
from dataclasses import fields
from typing import Any

from builder.values.date_words import DATE_WORDS
from tests.environment import ROOT

TWIN = ROOT / "runtime/static/runtime/engine/types/date_words.mjs"
HEAD = """// The words of days and times, by language: the twin of builder/values/date_words.py, which says what each is.
// Made of it by `python -m tests.date_words`; not to be changed by hand.

export const DATE_WORDS = {
"""


def written() -> str:
    """The module, as it is to be."""
    lines = [HEAD]
    for language, words in DATE_WORDS.items():
        lines.append(f"  {language}: {{\n")
        for field in fields(words):
            lines.append(f"    {field.name}: {_text(getattr(words, field.name))},\n")
        lines.append("  },\n")
    return "".join([*lines, "};\n"])


def _text(value: Any) -> str:
    return json.dumps(dict(value) if not isinstance(value, str) else value, ensure_ascii=False)


if __name__ == "__main__":
    TWIN.write_text(written(), encoding="utf-8")
    sys.exit(0)
