"""The texts that stand in programs and templates, found by reading them as Python and Django do.

`makemessages` does not see a text inside the braces of an f-string; this does.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils.translation.template import templatize

from tests.environment import ROOT

PACKAGES = ("builder", "config", "content", "exports", "runtime")
NAMED = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
QUOTED = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
TAGGED = re.compile(rf"(?<!\w)(?:n?(?:_|gettext)\(|n?pgettext\({QUOTED}, ?){QUOTED}")
Said = tuple[str | None, str]  # the context, where there is one, and the text


def files(ending: str) -> Iterator[Path]:
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob(f"*.{ending}")):
            if "migrations" not in file.parts:
                yield file


def named(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def of_program(text: str) -> Iterator[Said]:
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(args=[ast.Constant(value=str() as said), *_]) if named(node) in NAMED:
                yield None, said
            case ast.Call(
                args=[ast.Constant(value=str() as context), ast.Constant(value=str() as said), *_]
            ) if named(node) in WITH_CONTEXT:
                yield context, said


def of_template(text: str) -> Iterator[Said]:
    for context, said in TAGGED.findall(templatize(text)):
        yield ast.literal_eval(context) if context else None, ast.literal_eval(said)


@cache
def collected() -> dict[Said, str]:
    """Every text, and one file it stands in."""
    found: dict[Said, str] = {}
    for ending, reader in (("py", of_program), ("html", of_template), ("txt", of_template)):
        for file in files(ending):
            for said in reader(file.read_text()):
                found.setdefault(said, str(file.relative_to(ROOT)))
    return found
