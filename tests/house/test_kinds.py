"""The lists of kinds are complete: a file of a kind's folder that is not on its list would be forgotten silently."""

import importlib
from pathlib import Path

import pytest

from tests.environment import ROOT

# folder of a kind, the tuple that lists it, files beside the kinds
KINDS = (
    ("builder/question_types", "QUESTION_TYPES", {"base"}),
    ("exports/formats", "FORMATS", {"base"}),
    ("builder/interchange", "INTERCHANGES", {"base", "blocks", "names", "notes"}),
)


def modules(folder: Path) -> set[str]:
    """Names of the files and packages in a folder of kinds."""
    files = {file.stem for file in folder.glob("*.py")}
    packages = {inner.parent.name for inner in folder.glob("*/__init__.py")}
    return (files | packages) - {"__init__"}


def home_of(kind: object, package: str) -> str:
    """The module under `package` that a listed kind comes from."""
    named = type(kind).__module__
    if not named.startswith(f"{package}.") or named == f"{package}.base":
        named = next(
            module.__name__
            for module in _loaded(package)
            if any(value is kind for value in vars(module).values()) and module.__name__ != package
        )
    return named.removeprefix(f"{package}.").split(".")[0]


def _loaded(package: str) -> list:
    face = importlib.import_module(package)
    folder = Path(face.__file__).parent
    return [importlib.import_module(f"{package}.{name}") for name in sorted(modules(folder))]


@pytest.mark.parametrize(("folder", "listed", "beside"), KINDS)
def test_every_file_of_a_kind_is_on_its_list(folder, listed, beside):
    package = folder.replace("/", ".")
    kinds = getattr(importlib.import_module(package), listed)
    assert isinstance(kinds, tuple)
    assert {home_of(kind, package) for kind in kinds} == modules(ROOT / folder) - beside
