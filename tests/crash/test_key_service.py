"""A whole installation whose ring lives in a key service: it starts, turns its ring while people work, and does not start when the service is no help."""

import subprocess
import sys
from typing import Any

import pytest

from tests.environment import ROOT, kind
from tests.served import Served
from tests.transit import NAME, TOKEN, Transit

MAKE = """
from runtime.parties.actions import find_or_create
for number in range(20):
    find_or_create(facts={"family_name": f"Kwakkel{number}", "phone": f"+3247{number:07d}"}, by=None, purpose="import")
"""
READ = """
from runtime.parties.models import Party
from runtime.parties.store import open_party
print(sorted(open_party(party, by=None, purpose="check").family_name for party in Party.objects.all()))
"""


def refused(served: Served, **environment: str) -> str:
    """What a server says that does not start."""
    done = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env=served.environment | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    return done.stderr.strip().splitlines()[-1]


@pytest.fixture
def service() -> Any:
    made = Transit().start()
    yield made
    made.stop()


@pytest.mark.timeout(240)
def test_an_installation_with_a_key_service(service: Transit) -> None:
    if kind() != "sqlite":
        pytest.skip("only on SQLite: where the ring lives does not hang on the database")
    told = {"TRANSIT_URL": service.url, "TRANSIT_KEY": NAME, "TRANSIT_TOKEN": TOKEN}
    served = Served(KEY_RING="transit", **told)
    try:
        (served.key_dir / "ring.json").unlink(missing_ok=True)
        served.manage("shell", "-v0", "-c", MAKE)
        served.start(worker=False)
        before = served.manage("shell", "-v0", "-c", READ)
        assert "20 of 20" in served.manage("rotate_keys")
        assert served.manage("shell", "-v0", "-c", READ) == before
        assert "Kwakkel19" in before
        assert not (served.key_dir / "ring.json").exists()
        service.sealed = True
        assert f"transit/{NAME} is sealed or not ready" in refused(served)
        service.sealed = False
        assert "does not let this installation in" in refused(served, TRANSIT_TOKEN="another")
        assert "does not know the key" in refused(served, TRANSIT_KEY="other")
        assert "does not answer" in refused(served, TRANSIT_URL="http://127.0.0.1:9")
        service.keys = {1: b"1" * 32, 2: b"2" * 32}
        assert "holds another key than the one" in refused(served)
    finally:
        served.stop()
