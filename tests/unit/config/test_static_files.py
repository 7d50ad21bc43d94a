"""What is sent of a static file: smaller, compressed, and still the same program."""

import gzip
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from config.static_files import FOR_GOOD, sent, stamp
from tests.environment import ROOT
from tests.node import node

MODULES = sorted((ROOT / "runtime" / "static").rglob("*.mjs"))
SHEETS = sorted((ROOT / "runtime" / "static").rglob("*.css"))
EXPORTED = re.compile(r"\bexport (?:async )?(?:function\*?|const|let|class) (\w+)")


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, settings: Any) -> Path:
    settings.STATIC_CACHE = tmp_path / "static"
    return tmp_path / "static"


def test_what_is_sent_is_smaller_and_still_a_program() -> None:
    made = [sent(file) for file in MODULES]
    assert len(made) > 50
    assert sum(file.stat().st_size for file in made if file) < 0.85 * sum(
        file.stat().st_size for file in MODULES
    )
    for source, file in zip(MODULES, made, strict=True):
        assert file is not None
        done = subprocess.run(
            [node(), "--check", str(file)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (source, done.stderr)
        assert EXPORTED.findall(file.read_text()) == EXPORTED.findall(source.read_text()), source


def test_sheets_of_style_keep_their_rules() -> None:
    for source in SHEETS:
        file = sent(source)
        assert file is not None
        assert file.read_text().count("{") == re.sub(
            r"/\*.*?\*/", "", source.read_text(), flags=re.DOTALL
        ).count("{")


def test_a_compressed_one_lies_beside_it() -> None:
    file = sent(ROOT / "runtime/static/runtime/engine/live.mjs")
    assert file is not None
    assert gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes()) == file.read_bytes()


def test_a_changed_file_is_made_anew(tmp_path: Path) -> None:
    source = tmp_path / "some.js"
    source.write_text("let a = 1;")
    first = sent(source)
    source.write_text("let a = 2;")
    assert sent(source) != first
    source.write_text("let a = 1;")
    assert sent(source) == first


def test_files_of_others_are_only_compressed(tmp_path: Path) -> None:
    source = tmp_path / "theirs.js"
    source.write_text("// a licence\nlet a = 1;\n" * 40)
    file = sent(source)
    assert file is not None
    assert not source.is_relative_to(settings.BASE_DIR)
    assert file.read_text() == source.read_text()


def test_where_nothing_can_be_kept_the_file_itself_is_sent(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    settings.STATIC_CACHE = tmp_path / "taken" / "static"
    assert sent(MODULES[0]) is None


def test_a_browser_gets_it_compressed(client: Any) -> None:
    answer = client.get(
        "/static/runtime/screen/screen.mjs", headers={"accept-encoding": "gzip, br"}
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    text = gzip.decompress(b"".join(answer.streaming_content)).decode()
    assert "class Screen" in text
    assert "/**" not in text


def test_a_page_names_its_files_under_a_stamp_and_a_browser_keeps_them(
    client: Any, db: None
) -> None:
    page = client.get("/accounts/login/").content.decode()
    address = re.search(r'href="(/static/[^"]+/runtime/base.css)"', page)
    assert address
    assert address[1] == f"/static/{stamp()}/runtime/base.css"
    assert client.get(address[1]).headers["Cache-Control"] == FOR_GOOD


@pytest.mark.parametrize("before", ["", "0123456789ab/"])
def test_an_address_of_another_release_gives_the_file_as_it_is_here_for_a_minute(
    client: Any, before: str
) -> None:
    answer = client.get(f"/static/{before}runtime/screen/screen.mjs")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "max-age=60, public"


@pytest.mark.parametrize("path", ["0123456789ab/", "0123456789ab/../config/settings.py", "0123456789ab//etc/passwd"])  # fmt: skip
def test_a_stamp_opens_nothing_but_files(client: Any, path: str, db: None) -> None:
    assert client.get(f"/static/{path}").status_code in {403, 404}
