"""Key files at the start: what is missing is named with what to do, and nothing new is made beside data that are there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.keyfiles import NAMES, make_keys
from config.prepare import mind_lost_keys
from tests.environment import ROOT


def import_settings(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "KEY_DIR": str(folder), "DATA_DIR": str(folder.parent / "data")}
    return subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("held", [None, b"", b" \n", b"\xff\xfe\x00"])
def test_without_its_own_key_nothing_starts(tmp_path: Path, held: bytes | None) -> None:
    folder = tmp_path / "keys"
    make_keys(folder)
    (folder / "django.key").unlink()
    if held is not None:
        (folder / "django.key").write_bytes(held)
    done = import_settings(folder)
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert f"The key file {folder / 'django.key'} is missing, empty or may not be read." in last
    assert "backup of the keys" in last


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An installation that was set up: data, and all its keys."""
    data, keys = tmp_path / "data", tmp_path / "keys"
    data.mkdir()
    make_keys(keys)
    (keys / "keys.sqlite3").touch()
    (data / ".prepared").write_text("mark")
    return {"DATA_DIR": str(data), "KEY_DIR": str(keys)}


@pytest.mark.parametrize("name", [*NAMES, "keys.sqlite3"])
def test_a_lost_key_is_never_made_anew_beside_data(environment: dict[str, str], name: str) -> None:
    (Path(environment["KEY_DIR"]) / name).unlink()
    with pytest.raises(SystemExit, match=rf"{name} is missing in .*backup of the keys"):
        mind_lost_keys(environment)
    assert not (Path(environment["KEY_DIR"]) / name).exists()


def test_a_new_installation_and_a_whole_one_are_let_through(
    environment: dict[str, str], tmp_path: Path
) -> None:
    mind_lost_keys(environment)
    mind_lost_keys({"DATA_DIR": str(tmp_path / "new"), "KEY_DIR": str(tmp_path / "none")})


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"KEY_RING": "transit"}, "ring.json"),
        ({"KEY_RING": "environment"}, "ring.json"),
        ({"SCRIPTORIUM_INDEX_KEY": "a key"}, "index.key"),
    ],
)
def test_a_key_that_lives_elsewhere_is_no_lost_file(
    environment: dict[str, str], told: dict[str, str], name: str
) -> None:
    (Path(environment["KEY_DIR"]) / name).unlink()
    with pytest.raises(SystemExit):
        mind_lost_keys(environment)
    mind_lost_keys(environment | told)


def test_on_a_database_server_the_keys_are_no_file(environment: dict[str, str]) -> None:
    (Path(environment["KEY_DIR"]) / "keys.sqlite3").unlink()
    mind_lost_keys({**environment, "DATABASE_URL": "postgresql://localhost/scriptorium"})
