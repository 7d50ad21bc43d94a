"""One word for one thing, no drawers, small files, nothing of the machine it was written on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.environment import ROOT

PACKAGES = ("builder", "config", "content", "exports", "runtime")
# What docs/glossary.md replaces by another word.
REPLACED = {
    "submission": "record", "ticket": "work item", "visibility": "relevance", "mandatory": "required",
    "predicate": "condition", "customer": "party", "variable": "calculation", "encode": "seal", "loop": "repeat",
}  # fmt: skip
DRAWERS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "core",
    "base_utils",
    "tools",
    "manager",
    "managers",
}
LONGEST = 300
PATHS = re.compile(r"(?<![\w.])/(?:root|home/[a-z]|work/main|opt/py)[\w/]*")


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file


def named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name


def test_the_words_of_the_glossary_are_used():
    wrong = []
    for file in sources():
        for name in named(ast.parse(file.read_text())):
            words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}
            wrong += [
                (str(file.relative_to(ROOT)), name, REPLACED[word])
                for word in words & set(REPLACED)
            ]
    assert wrong == []


def test_the_glossary_has_the_words_it_replaces():
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    assert [word for word in set(REPLACED.values()) if word not in glossary] == []


def test_there_is_no_drawer():
    assert [str(file.relative_to(ROOT)) for file in sources() if file.stem in DRAWERS] == []


def test_files_are_small():
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in sources()
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_file_says_what_it_is_for():
    silent = [
        str(file.relative_to(ROOT))
        for file in sources()
        if file.name != "apps.py"
        and file.read_text().strip()
        and ast.get_docstring(ast.parse(file.read_text())) is None
    ]
    assert silent == []


def test_no_file_knows_the_machine_it_was_written_on():
    places = [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "Makefile",
        ROOT / "pyproject.toml",
        *sources(),
    ]
    places += sorted((ROOT / "docs").rglob("*.md")) + sorted((ROOT / "tests").rglob("*.py"))
    here = Path(__file__)
    wrong = [
        str(file.relative_to(ROOT))
        for file in places
        if file != here and PATHS.search(file.read_text())
    ]
    assert wrong == []


def test_the_lock_files_have_hashes_and_no_address():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        packages = re.findall(r"^[a-z0-9][\w.\-\[\]]*==", text, re.M)
        assert len(packages) > 20
        assert text.count("--hash=sha256:") >= len(packages)
        assert "://" not in text
