"""One command sets everything up, says what it cannot, and ends both processes together."""

import os
import signal
import socket
import subprocess
import sys

import pytest

from config import prepare
from config.serve import DEATHS, FAREWELL, Household, commands
from tests.environment import ROOT
from tests.postgres import free_port
from tests.processes import alive, all_gone
from tests.served import PATIENCE, Served


@pytest.fixture
def installation():
    made = Served()
    yield made
    made.stop()


def start(installation: Served, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "config.serve"],
        cwd=ROOT,
        env=installation.environment | {"PORT": str(port), "DEMO": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def test_server_and_worker_start_and_end_together(installation):
    both = start(installation, free_port())
    heard = ""
    while "Ctrl-C ends it" not in heard:
        line = both.stdout.readline()
        assert line, heard
        heard += line
    assert "http://127.0.0.1:" in heard
    assert "supervisor" in heard
    again = start(installation, free_port())
    told, _ = again.communicate(timeout=PATIENCE)
    assert again.returncode == 1
    assert "already runs" in told
    os.killpg(both.pid, signal.SIGINT)  # as a terminal does
    both.communicate(timeout=FAREWELL)  # without being insisted upon
    assert both.returncode == 0
    assert all_gone(both.pid)


def test_a_server_that_cannot_start_says_so_and_leaves_nothing(installation):
    (installation.key_dir / "ring.json").chmod(0o644)
    both = start(installation, free_port())
    told, _ = both.communicate(timeout=PATIENCE)
    assert both.returncode == 1
    assert "may be read by others" in told
    assert alive(both.pid) == []


def test_real_data_are_never_emptied_as_if_they_were_a_demo(installation):
    made = "from django.contrib.auth.models import User; User.objects.create_user('real', 'real@example.org')"
    installation.manage("shell", "--command", made)
    with pytest.raises(RuntimeError, match="not a demo"):
        installation.manage("set_up", "--fresh")
    counted = installation.manage(
        "shell",
        "--command",
        "from django.contrib.auth.models import User; print('people:', User.objects.count())",
    )
    assert "people: 1" in counted


def test_setting_up_again_changes_nothing(installation):
    for _ in range(2):
        installation.manage("set_up", DEMO="0")
    pages = "from wagtail.models import Page; print('pages:', Page.objects.count())"
    before = installation.manage("shell", "--command", pages)
    installation.manage("set_up", DEMO="0")
    assert installation.manage("shell", "--command", pages) == before


def test_keys_lie_beside_the_data_never_inside(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("KEY_DIR")
    environment = prepare.settle_environment()
    assert environment["KEY_DIR"] == str(tmp_path / "data-keys")


def test_keys_are_made_once_and_for_the_owner_only(tmp_path):
    from config.keyfiles import NAMES, make_keys

    assert make_keys(tmp_path / "keys") == list(NAMES)
    before = [(tmp_path / "keys" / name).read_text() for name in NAMES]
    assert make_keys(tmp_path / "keys") == []
    assert [(tmp_path / "keys" / name).read_text() for name in NAMES] == before
    assert {(tmp_path / "keys" / name).stat().st_mode & 0o777 for name in NAMES} == {0o600}
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_what_may_not_be_installed_is_named_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    prepare.install(["libpango-1.0-0"], why="documents need it")
    told = capsys.readouterr().out
    assert told.count("\n") == 1
    assert "apt-get install -y --no-install-recommends libpango-1.0-0" in told


def test_an_old_python_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"3\.11 or newer"):
        prepare.main(["run"])


def test_another_database_is_looked_after_again():
    one = prepare.fingerprint({"DATABASE_URL": ""})
    assert one == prepare.fingerprint({"DATABASE_URL": ""})
    assert one != prepare.fingerprint({"DATABASE_URL": "postgresql://x/y"})


def test_keys_inside_the_data_are_refused_before_anything_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KEY_DIR", str(tmp_path / "data" / "keys"))
    with pytest.raises(SystemExit, match="lies inside DATA_DIR"):
        prepare.settle_environment()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "٣٣", ""])
def test_what_is_no_port_is_told(port):
    with pytest.raises(SystemExit, match="is no port"):
        prepare.mind_port({"PORT": port})


def test_the_bell_takes_the_next_port_that_is_free():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        environment = {"PORT": str(port - 1)}
        prepare.mind_bell(environment)
        assert int(environment["BELL_PORT"]) > port


def test_a_port_named_for_the_bell_is_minded_and_may_be_none():
    with pytest.raises(SystemExit, match="BELL_PORT=x is no port"):
        prepare.mind_bell({"PORT": "8000", "BELL_PORT": "x"})
    prepare.mind_bell({"PORT": "8000", "BELL_PORT": "0"})
    assert set(commands("8000", "0")) == {"server", "worker"}
    assert set(commands("8000", "8001")) == {"server", "worker", "bell"}


def test_in_production_the_bell_needs_a_port_that_a_proxy_leads_to():
    environment = {"PORT": "8000", "PRODUCTION": "1"}
    prepare.mind_bell(environment)
    assert environment["BELL_PORT"] == "0"


def test_a_bell_that_keeps_dying_is_left_out_and_the_others_go_on(capsys):
    dies = [sys.executable, "-c", "raise SystemExit(3)"]
    waits = [sys.executable, "-c", "import time; time.sleep(60)"]
    household = Household({"worker": waits, "bell": dies})
    household.start()
    try:
        for _ in range(DEATHS):
            household.running["bell"].wait()
            assert household.again("bell")
        assert set(household.running) == {"worker"}
        assert "it is left out" in capsys.readouterr().out
    finally:
        household.end()


def test_a_port_that_somebody_has_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with pytest.raises(SystemExit, match="Choose another one"):
            prepare.mind_port({"PORT": port})
    prepare.mind_port({"PORT": port})
