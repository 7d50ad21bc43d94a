"""Where a channel may lead, and that its address lies nowhere in clear."""

import logging
from typing import Any

import pytest
from django.db import connection

from runtime.effects import addresses, sending
from runtime.effects.actions import channels
from runtime.effects.models import Channel
from runtime.effects.sealed import open_address
from runtime.outbox.handlers import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "address", "code"),
    [
        ("mail", "", "empty"),
        ("mail", "nobody", "mail"),
        ("mail", "a@b.example\nBcc: c@d.example", "unreadable"),
        ("mail", ",".join(f"n{n}@example.org" for n in range(21)), "recipients"),
        ("service", "https://example.org/hook", "service"),
        ("service", "file:///etc/passwd", "unreadable"),
        ("service", "exec://host/", "service"),
        ("service", "json://example.org/hook", "without_tls"),
        ("service", "mmost://10.0.0.8/token", "without_tls"),
        ("service", "jsons://[::1", "unreadable"),
        ("service", "jsons:///hook", "unreadable"),
        ("service", "jsons://example.org/" + "x" * 1000, "unreadable"),
        ("sms", "slack://aaaaaaaaa/bbbbbbbbb/cccccccccccccccccccccccc", "gateway"),
        ("sms", "https://example.org/hook", "service"),
    ],
)
def test_an_address_that_may_not_be_is_refused(kind: str, address: str, code: str) -> None:
    with pytest.raises(addresses.BadAddress) as refused:
        addresses.checked(kind, address)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "address",
    [
        "jsons://hooks.example.org/a?x=1",
        "mmosts://chat.example.org/token",
        "slack://aaaaaaaaa/bbbbbbbbb/cccccccccccccccccccccccc/#duty",
        "twilio://AC" + "a" * 32 + ":" + "b" * 32 + "@+32470000000/+32470000001",
    ],
)
def test_services_are_reached_over_tls(address: str) -> None:
    assert addresses.checked("service", address) == address


@pytest.mark.parametrize(
    ("gateway", "to"),
    [
        ("jsons://gate.example.org/send", "jsons://gate.example.org/send?:to=%2B32470123456"),
        ("jsons://gate.example.org/a?x=1", "jsons://gate.example.org/a?x=1&:to=%2B32470123456"),
        ("msgbird://key/+32470000000/", "msgbird://key/+32470000000/%2B32470123456"),
    ],
)
def test_a_gateway_is_told_the_number_with_each_message(gateway: str, to: str) -> None:
    assert addresses.checked("sms", gateway) == gateway.strip()
    assert addresses.to_number(gateway, "+32470123456") == to


def test_apprise_reads_the_number_at_the_end_of_a_gateway() -> None:
    for address in (
        "twilio://AC" + "a" * 32 + ":" + "b" * 32 + "@+32470000000",
        "vonage://" + "a" * 8 + ":" + "b" * 16 + "@32470000000",
        "sinch://" + "a" * 32 + ":" + "b" * 32 + "@32470000000",
        "msgbird://" + "a" * 25 + "/32470000000",
    ):
        (target,) = sending._plugin(addresses.to_number(address, "+32470123456")).targets
        assert "32470123456" in str(target), address


def test_without_leave_nothing_is_sent_to_this_machine(settings: Any) -> None:
    settings.CHANNELS_ON_LOOPBACK = False
    with pytest.raises(addresses.BadAddress, match="service"):
        addresses.checked("service", "json://127.0.0.1/hook")
    message = sending.Message("Title", "Text", "reference")
    for host in ("127.0.0.1", "localhost", "169.254.169.254", "0.0.0.0", "[::1]", "[fe80::1]"):
        with pytest.raises(Refused, match="channel forbidden_host"):
            sending.send("service", f"jsons://{host}/hook", message)


def test_an_address_lies_sealed_and_can_be_changed(channel: Any, admin: Any) -> None:
    made = channel("duty", "zondernaam@example.org", kind="mail")
    face = channels.Face("Night duty", "nl")
    channels.change_channel(channel=made, face=face, by=admin)
    assert open_address(made.pk, bytes(made.sealed)) == "zondernaam@example.org"
    channels.change_channel(channel=made, face=face, address="ook@example.org", by=admin)
    found = Channel.objects.get()
    assert (found.title, found.language, found.clearance) == ("Night duty", "nl", "open")
    assert open_address(found.pk, bytes(found.sealed)) == "ook@example.org"
    with connection.cursor() as cursor:
        for table in ("effects_channel", "effects_historicalchannel"):
            cursor.execute(f"SELECT * FROM {table}")
            kept = b"".join(
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                for row in cursor.fetchall()
                for cell in row
            )
            assert b"example.org" not in kept


def test_two_channels_have_not_one_code(channel: Any) -> None:
    channel("duty", "a@example.org", kind="mail")
    with pytest.raises(channels.CodeTaken):
        channel("duty", "b@example.org", kind="mail")


def test_what_is_sent_is_written_into_no_log(
    caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    message = sending.Message("Title", "Zondernaam", "reference")
    with caplog.at_level(logging.DEBUG), pytest.raises(Refused):
        sending.send("service", "json://127.0.0.1:9/geheim", message)
    told = "\n".join(record.getMessage() for record in caplog.records)
    assert "Zondernaam" not in told
    assert "geheim" not in told
