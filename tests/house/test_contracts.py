"""The floors hold, and the checks bite: each contract is broken once, in a copy, and must be seen."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import ROOT

PACKAGES = ("builder", "config", "content", "exports", "runtime")
# contract, the file that sins (made when it is not there), the line that sins
PLANTED = (
    ("floors", "builder/values/__init__.py", "import runtime.audit.models"),
    ("floors", "content/models/__init__.py", "import runtime.records.models"),
    ("floors", "runtime/queues/retry.py", "import exports.table"),
    ("floors", "exports/table.py", "import config.access"),
    ("builder", "builder/problems.py", "import builder.definition.nodes"),
    ("builder", "builder/models.py", "import builder.publish"),
    ("builder", "builder/proof/__init__.py", "import builder.publish"),
    ("builder", "builder/drawer.py", "'a module without a floor'"),
    ("runtime", "runtime/records/models.py", "import runtime.queues.models"),
    ("runtime", "runtime/engine/__init__.py", "import runtime.vault.errors"),
    ("runtime", "runtime/helpers.py", "'a module without a floor'"),
    ("exports", "exports/table.py", "import exports.opening"),
    ("exports", "exports/common.py", "'a module without a floor'"),
    ("pure", "builder/values/__init__.py", "import django.utils.timezone"),
    ("pure", "runtime/engine/__init__.py", "import random"),
    ("pure", "builder/proof/trying.py", "import random"),
    ("pure", "runtime/queues/retry.py", "import time"),
    ("pure", "exports/formats/csv.py", "import os"),
    ("question-types", "builder/question_types/date.py", "import builder.question_types.text"),
    ("formats", "exports/formats/csv.py", "import exports.formats.json_lines"),
    ("vault", "runtime/workspace/wording.py", "import runtime.vault.keys"),
    ("vault", "exports/views/verify.py", "import runtime.vault.envelope"),
    ("cycles", "builder/definition/nodes.py", "import builder.definition.walk"),
)


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    names = [word for contract in contracts for word in ("--contract", contract)]
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [str(program), "--no-cache", *names],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(folder)},
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__", "static", "templates", "locale")
        shutil.copytree(ROOT / package, folder / package, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_floors_hold():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("contract", "place", "sin"), PLANTED)
def test_a_planted_violation_is_seen(copy, contract, place, sin):
    file = copy / place
    before = file.read_text() if file.exists() else None
    file.write_text(f"{before or ''}\n{sin}\n")
    try:
        done = lint(copy, contract)
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_text(before)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout
    assert (
        Path(place).stem.replace("__init__", Path(place).parent.name)
        in done.stdout.split("Broken contracts")[-1]
    )


def test_every_contract_is_planted_once():
    import tomllib

    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    assert {contract["id"] for contract in told} == {contract for contract, _, _ in PLANTED}
