"""Files in a real browser: a letter is sent, a photo, a signature is drawn; they are found again, fetched for a purpose, and lie
nowhere in clear.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.marking import controls
from tests.people import PASSWORD
from tests.sendable import PLACE, photo
from tests.traces import found_in, unread

LETTER = b"%PDF-1.4\n% Kwikstaart-Proefbrief\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
NAME = "Sidonie-Kwartelhoen"  # of the file
TYPED = "Wendelmoet Proefkonijn"
CONTROL = "Kwikzilver-Controle"
WORDS = (NAME, "Kwikstaart-Proefbrief", TYPED, PLACE, "CanaryCam")
SET_UP = """
from tests.people import make_person
from tests.unit.fill.calls import publish
from tests.unit.files.conftest import form
make_person('agent', 'agent')
make_person('supervisor', 'supervisor')
publish(form(), code='files')
"""
STATE = """
import json
from runtime.records.models import Record, StoredFile
from runtime.records.store import open_record
opened = open_record(Record.objects.get(), by=None, purpose='test')
print(json.dumps([opened.state['answers'], StoredFile.objects.filter(named_at=None).count()]))
"""
PREVIEW = """
from builder.definition import load
from runtime.workspace.screen_preview import preview
from tests.unit.files.conftest import form
print(preview(load(form()), 'en', '2026-03-16'))
"""
LOGGED = """
from runtime.audit.models import AccessLog
for row in AccessLog.objects.filter(detail__startswith='file ').order_by('pk'):
    print(row.by.username, row.purpose)
"""


@pytest.fixture
def screen(served: Any, page: Any, sign_in: Any) -> Any:
    """An agent in front of a form that asks for files; what the browser complains of fails the test."""
    served.set_up(SET_UP)
    sign_in(page, served.url, "agent", PASSWORD)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda line: _complain(page, line))
    page.click("form[action='/app/files/start/'] button")
    page.wait_for_selector("html[data-screen=ready]")
    yield page
    assert page.complaints == []


def _complain(page: Any, line: Any) -> None:
    refused = "422" in line.text or "413" in line.text  # the tests send what is refused
    if line.type == "error" and not refused:
        page.complaints.append(line.text)


def box(page: Any, place: str) -> Any:
    return page.locator(f'[data-place="{place}"]')


def choose(page: Any, place: str, name: str, data: bytes, media_type: str = "") -> None:
    file = {"name": name, "mimeType": media_type or "application/pdf", "buffer": data}
    box(page, place).locator("input[type=file]").set_input_files(file)


def sign(page: Any, place: str) -> None:
    sheet = box(page, place).locator("canvas")
    sheet.scroll_into_view_if_needed()
    found = sheet.bounding_box()
    left, top = found["x"], found["y"]
    page.mouse.move(left + 40, top + 60)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(left + 40 + step * 30, top + 60 + (step % 3) * 20)
    page.mouse.up()


def drawn(page: Any, place: str) -> None:
    """The small picture came over the line."""
    picture = box(page, place).locator(".kept img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    page.wait_for_function(
        "node => node.complete && node.naturalWidth > 0", arg=picture.element_handle()
    )


def saved(page: Any) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(re.compile("^(All|1) .*saved$"))


def kept(served: Any) -> Any:
    return json.loads(served.manage("shell", "-v0", "-c", STATE))


def test_files_are_sent_found_again_and_lie_nowhere_in_clear(
    served: Any, screen: Any, new_page: Any, sign_in: Any, shoot: Any
) -> None:
    page = screen
    served.mark(CONTROL)
    choose(page, "letter", f"{NAME}.pdf", LETTER)
    expect(box(page, "letter").locator(".kept a")).to_have_text(f"{NAME}.pdf")
    choose(page, "arm", f"{NAME}.jpg", photo((900, 600)), "image/jpeg")
    drawn(page, "arm")
    sign(page, "signed")
    box(page, "signed").locator("[data-sign=done]").click()
    drawn(page, "signed")
    expect(box(page, "signed").locator("canvas")).to_be_hidden()
    saved(page)
    shoot(page, "sent")

    page.reload()
    page.wait_for_selector("html[data-screen=ready]")
    drawn(page, "arm")
    drawn(page, "signed")
    with page.expect_download() as fetched:
        box(page, "letter").locator(".kept a").click()
    assert Path(fetched.value.path()).read_bytes() == LETTER
    Path(fetched.value.path()).unlink()

    box(page, "signed").locator(".kept button").click()
    expect(box(page, "signed").locator("canvas")).to_be_visible()
    page.locator('[id="q:signed"]').fill(TYPED)
    page.keyboard.press("Tab")
    saved(page)
    answers, waiting = kept(served)
    assert answers["signed"] == {"typed": TYPED}
    assert answers["letter"]["name"] == f"{NAME}.pdf"
    assert answers["arm"]["media_type"] == "image/jpeg"
    assert waiting == 0
    record = page.url

    reader = new_page()
    sign_in(reader, served.url, "supervisor", PASSWORD)
    reader.goto(record)
    read_for(reader, "quality")
    shoot(reader, "read")
    with reader.expect_download() as fetched:
        reader.get_by_role("button", name="Fetch the file: Letter").click()
    assert fetched.value.suggested_filename == f"{NAME}.pdf"
    assert Path(fetched.value.path()).read_bytes() == LETTER
    Path(fetched.value.path()).unlink()
    logged = served.manage("shell", "-v0", "-c", LOGGED).splitlines()
    assert logged == ["agent call", "supervisor quality"]

    files = served.written()
    assert unread(files, controls(CONTROL)) == []
    assert list(found_in(files, WORDS)) == []


def read_for(page: Any, purpose: str) -> None:
    page.locator(f"[name=purpose][value={purpose}]").check()
    page.get_by_role("button", name="Open").click()


def test_what_cannot_be_sent_is_told_and_can_be_chosen_again(
    served: Any, screen: Any, shoot: Any
) -> None:
    page = screen
    choose(page, "scan", "arm.png", LETTER)
    note = page.locator('[id="n:scan"]')
    expect(note).to_contain_text("By its content this is no file that can be sent here")
    choose(page, "letter", "big.pdf", LETTER + bytes(11 * 1024 * 1024))
    expect(page.locator('[id="n:letter"]')).to_contain_text("larger than 10 MB")
    shoot(page, "refused")
    choose(page, "letter", "small.pdf", LETTER)
    expect(page.locator('[id="n:letter"]')).to_have_text("")
    expect(box(page, "letter").locator(".kept a")).to_have_text("small.pdf")
    page.click('[data-go="next"]')
    page.click('[data-add="people"]')
    entry = page.locator("[data-entry]").last
    photo_box = entry.locator('[data-control="file"]')
    photo_box.locator("input[type=file]").set_input_files(
        {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    expect(photo_box.locator(".kept a")).to_have_text("card.jpg")
    saved(page)
    answers, _waiting = kept(served)
    assert sorted(place.rpartition("/")[2] for place in answers) == ["card", "letter"]


def test_the_line_comes_back_and_the_file_is_kept_once(served: Any, screen: Any) -> None:
    page = screen
    tried = []

    def once(route: Any) -> None:
        tried.append(1)
        if len(tried) == 1:
            route.abort()
        else:
            route.continue_()

    page.route("**/upload/", once)
    page.complaints.clear()
    choose(page, "letter", "letter.pdf", LETTER)
    expect(box(page, "letter").locator(".kept a")).to_have_text("letter.pdf")
    saved(page)
    assert kept(served)[1] == 0
    assert len(tried) == 2
    page.complaints = [line for line in page.complaints if "ERR_FAILED" not in line]


def test_without_scripts_files_go_with_the_section(
    served: Any, new_page: Any, sign_in: Any, shoot: Any
) -> None:
    served.set_up(SET_UP)
    page = new_page(java_script_enabled=False)
    sign_in(page, served.url, "agent", PASSWORD)
    page.click("form[action='/app/files/start/'] button")
    expect(box(page, "signed").locator("canvas")).to_be_hidden()
    choose(page, "letter", "letter.pdf", LETTER)
    choose(page, "arm", "arm.jpg", photo(), "image/jpeg")
    choose(page, "scan", "scan.png", LETTER)
    page.locator('[id="q:signed"]').fill(TYPED)
    page.click("[data-go=next]")
    expect(page.locator(".notice:visible").first).to_contain_text("By its content this is no file")
    shoot(page, "kept")
    if box(page, "letter").is_hidden():
        page.click("[data-step=one] a")
    expect(box(page, "letter").locator(".kept a")).to_have_text("letter.pdf")
    expect(box(page, "arm").locator(".kept img")).to_be_visible()
    box(page, "letter").locator(".kept button").click()
    answers, waiting = kept(served)
    assert sorted(answers) == ["arm", "signed"]
    assert (answers["signed"], waiting) == ({"typed": TYPED}, 0)


def test_in_a_preview_a_file_counts_and_is_not_sent(served: Any, page: Any) -> None:
    drawn_here = served.manage("shell", "-v0", "-c", PREVIEW)
    page.route(
        "**/preview", lambda route: route.fulfill(body=drawn_here, content_type="text/html")
    )
    page.goto(f"{served.url}/preview")
    page.wait_for_selector("html[data-screen=ready]")
    choose(page, "letter", "letter.pdf", LETTER)
    expect(box(page, "letter").locator(".kept a")).to_have_text("letter.pdf")
    expect(page.locator('[id="n:letter"]')).to_have_text("")
    sign(page, "signed")
    box(page, "signed").locator("[data-sign=done]").click()
    expect(box(page, "signed").locator(".kept a")).to_have_text("signature")
    box(page, "signed").locator(".kept button").click()
    expect(box(page, "signed").locator("[data-sign=done]")).to_be_disabled()
