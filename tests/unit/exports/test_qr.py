"""What a telephone reads from a certificate: its QR code, decoded by another program than the one that draws it."""

import io
from typing import Any
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from builder.models import Version
from exports.documents import codes
from exports.documents.actions import issue
from exports.documents.paper import qr
from exports.documents.printing import print_document
from tests.unit.exports.given import FEVERISH, Make


def scanned(pdf: bytes) -> list[str]:
    """What the pictures of a document's pages encode."""
    pictures = [picture for page in PdfReader(io.BytesIO(pdf)).pages for picture in page.images]
    return [found.text for each in pictures for found in zxingcpp.read_barcodes(each.image)]


def test_the_code_leads_to_the_page_that_verifies_this_document_and_no_other(
    make: Make, template: Version, client_of: Any, supervisor: Any, settings: Any
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://scriptorium.example.org"
    record = make(**FEVERISH)
    made = [issue(template=template, record=record, by=supervisor) for _number in range(3)]
    for document in made:
        pdf = print_document(document=document, by=supervisor, purpose="hand_out")
        (address,) = scanned(pdf)
        assert address == f"https://scriptorium.example.org/verify/{document.grouped_code}/"
        assert codes.read(urlsplit(address).path.split("/")[2]) == document.code
        page = client_of(None).get(urlsplit(address).path).content.decode()
        assert "Valid" in page
    assert len({document.code for document in made}) == 3


@pytest.mark.parametrize(
    "host", ["x.be", "scriptorium.health.example.org:8443", "a" * 60 + ".org"]
)
def test_every_code_can_be_read_with_the_mask_that_is_set(host: str) -> None:
    for _number in range(20):
        address = f"https://{host}/verify/{codes.fresh()}/"
        picture = Image.open(io.BytesIO(qr(address)))
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [address]
