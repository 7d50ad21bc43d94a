"""Places of keys that a test may spoil. The vault is imported late: this file is read before Django is set up."""

import base64
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.keyfiles import transit as transit_settings
from tests.transit import NAME, TOKEN, Transit


def kept(file: Path, text: str) -> None:
    """A key file that only its owner reads."""
    file.touch(0o600)
    file.write_text(text)


def ring_text(keys: dict[int, bytes], current: int = 1) -> str:
    told = {str(number): base64.b64encode(key).decode() for number, key in keys.items()}
    return json.dumps({"current": current, "keys": told})


def forget() -> None:
    from runtime.vault.checks import forget_checks
    from runtime.vault.places import forget_places

    forget_checks()
    forget_places()


@pytest.fixture
def key_dir(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Key files of its own."""
    settings.KEY_DIR = tmp_path
    kept(tmp_path / "ring.json", ring_text({1: os.urandom(32)}))
    kept(tmp_path / "index.key", base64.b64encode(os.urandom(32)).decode())
    forget()
    yield tmp_path
    forget()


@pytest.fixture
def transit(settings: Any, key_dir: Path) -> Iterator[Transit]:
    """A key service, which this installation uses."""
    service = Transit().start()
    settings.KEY_RING = "transit"
    settings.TRANSIT = transit_settings() | {"URL": service.url, "KEY": NAME, "TOKEN": TOKEN}
    (key_dir / "ring.json").unlink()
    forget()
    yield service
    service.stop()


@pytest.fixture(params=["files", "environment", "transit"])
def ring(request: pytest.FixtureRequest, settings: Any, key_dir: Path) -> str:
    """Each place in turn."""
    if request.param == "transit":
        request.getfixturevalue("transit")
    if request.param == "environment":
        settings.KEY_RING = "environment"
        settings.RING_KEYS = (key_dir / "ring.json").read_text()
        (key_dir / "ring.json").unlink()
    return str(request.param)
