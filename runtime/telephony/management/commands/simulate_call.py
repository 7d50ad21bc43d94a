"""A telephone system for demos and tests: sends the signed webhooks of one call to a running installation.

manage.py simulate_call demo --from +32470123456 --agent agent
manage.py simulate_call demo --from +32470123456 --agent agent --events newCall,hangup --cause noAnswer
manage.py simulate_call demo --direction out --to +32470123456 --agent agent --pause 3
"""

import json
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from runtime.telephony import payload, sealed, signing
from runtime.telephony.models import Provider


class Command(BaseCommand):
    help = "Simulates a call: signed webhooks to a running installation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("provider", help="the code of a provider (see telephony_provider)")
        parser.add_argument("--url", default="http://127.0.0.1:8000")
        parser.add_argument("--direction", choices=payload.DIRECTIONS, default="in")
        parser.add_argument("--from", dest="caller", default="anonymous")
        parser.add_argument("--to", dest="called", default="")
        parser.add_argument("--agent", action="append", default=[], help="may be repeated")
        parser.add_argument("--events", default="newCall", help="in the order they are sent")
        parser.add_argument("--cause", default="normalClearing")
        parser.add_argument("--call-id", default="")
        parser.add_argument("--pause", type=float, default=0.0, help="seconds between two events")

    def handle(self, *args: Any, **options: Any) -> None:
        provider = Provider.objects.filter(code=options["provider"], open=True).first()
        if provider is None:
            raise CommandError(
                "No telephone system has this code. Make it known: manage.py telephony_provider"
            )
        key = sealed.provider_key(provider.code, provider.serial)
        address = f"{options['url'].rstrip('/')}/telephony/{provider.code}/call/"
        call_id = options["call_id"] or uuid.uuid4().hex
        for place, event in enumerate(options["events"].split(",")):
            if place and options["pause"]:
                time.sleep(options["pause"])
            status, answer = post(address, key, self._event(event, call_id, options))
            self.stdout.write(f"{event} {call_id}: {status} {answer}")

    @staticmethod
    def _event(event: str, call_id: str, options: dict[str, Any]) -> dict[str, Any]:
        told = {
            "event": event,
            "callId": call_id,
            "direction": options["direction"],
            "from": options["caller"],
            "to": options["called"],
            "user": options["agent"],
        }
        return {**told, "cause": options["cause"]} if event == "hangup" else told


def post(address: str, key: bytes, event: dict[str, Any]) -> tuple[int, str]:
    """Signs and sends; the status and what was answered."""
    if not address.startswith(("http://", "https://")):
        raise CommandError("The address begins with http:// or https://.")
    body = json.dumps(event).encode()
    stamp = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "X-Scriptorium-Timestamp": str(stamp),
        "X-Scriptorium-Signature": signing.sign(key, stamp, body),
    }
    request = urllib.request.Request(address, body, headers)  # noqa: S310  checked above
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode(errors="replace")
    except OSError as problem:
        raise CommandError(f"The installation does not answer at {address}.") from problem
