"""Whoever runs the work: lists that are looked at and loaded, probable doubles, the board, the day; and folders whose lists were refused."""

from typing import Any

from tests.states.house import House

LIST = """First name;Last name;Phone;Date of birth
Annelies;Vandenberghe;0470 11 22 33;29/02/1980
Annelies;Vandenberge;0470 99 88 77;29/02/1980
Eve;Nobody;12;31/02/1980
"""
# The worker looks for doubles once each of them is called for.
FOUND = "from runtime.queues.pairing import Pair; print(Pair.objects.count())"
FETCH = """
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from runtime.queues.actions import feeding
folder = settings.INBOX_DIR / "north"
folder.mkdir(parents=True)
(folder / "people.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1"))
feeding.fetch(now=timezone.now() + timedelta(minutes=1))
"""


def campaigns(house: House) -> Any:
    page = house.page_of("sonia")
    page.goto(f"{house.url}/campaigns/")
    return page


def list_looked_at(house: House) -> Any:
    page = house.page_of("sonia")
    page.goto(f"{house.url}/campaign/back/load/")
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Load the list").wait_for(timeout=30_000)
    return page


def list_loaded(house: House) -> Any:
    page = house.page_of("sonia")
    page.get_by_role("button", name="Load the list").click()
    page.get_by_role("link", name="To the campaign").wait_for(timeout=30_000)
    return page


def double(house: House) -> Any:
    page = house.page_of("sonia")
    house.until(lambda: house.run(FOUND) != "0")
    page.goto(f"{house.url}/doubles/")
    page.get_by_role("button", name="To decide").click()
    page.get_by_role("heading", name="Vandenberghe").wait_for()
    return page


def board(house: House) -> Any:
    page = house.page_of("sonia")
    page.goto(f"{house.url}/board/?queue=back")
    return page


def report(house: House) -> Any:
    page = house.page_of("sonia")
    page.get_by_role("link", name="Report of the day").click()
    page.get_by_role("button", name="The figures as a file").wait_for()
    return page


def folders(house: House) -> Any:
    page = house.page_of("adam")
    page.goto(f"{house.url}/inboxes/")
    page.get_by_label("Campaign").select_option(label="Who calls back")
    page.get_by_label("Folder").fill("north")
    page.get_by_role("button", name="Keep").click()
    house.run(FETCH)
    page.goto(f"{house.url}/inboxes/")
    page.get_by_text("in an old format").wait_for()
    return page


def told_at_home(house: House) -> Any:
    page = house.page_of("adam")
    page.goto(f"{house.url}/")
    page.get_by_text("1 folder of lists needs somebody").wait_for()
    return page
