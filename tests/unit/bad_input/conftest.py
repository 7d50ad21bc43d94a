"""The world, and key files that a test may spoil. Models are imported late: this file is read before Django is set up."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def world(agent: Any, data_officer: Any, settings: Any, tmp_path: Path) -> Any:
    from tests.unit.bad_input.worlds import make_world

    settings.DELIVERIES_DIR = tmp_path / "deliveries"
    return make_world(agent, data_officer)


@pytest.fixture
def key_dir(world: Any, settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A copy of the key files the world was made with."""
    from runtime.vault.checks import forget_checks

    folder = tmp_path / "keys"
    folder.mkdir()
    for name in ("ring.json", "index.key"):
        shutil.copy(settings.KEY_DIR / name, folder / name)
    settings.KEY_DIR = folder
    forget_checks()
    yield folder
    forget_checks()
