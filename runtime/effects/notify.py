"""The effect `notify`: somebody is told of an outcome. Bound in `config/binding.py`.

The record is opened and the message sent before the transaction that marks the effect done: at least once, with one reference.
"""

from typing import Any

from runtime.effects import sending
from runtime.effects.actions import channels
from runtime.effects.models import Channel
from runtime.effects.sealed import open_address
from runtime.engine import effect_text
from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.records.models import Record
from runtime.records.store import open_record

PURPOSE = "effect:notify"


def tell(arguments: dict[str, Any], effect: Effect) -> Channel | None:
    """Opens what the text asks for, and sends it. None where it was sent and marked before."""
    if channels.was_sent(effect.pk):
        return None
    channel = Channel.objects.filter(code=arguments.get("channel", "")).first()
    record = Record.objects.filter(pk=effect.record).select_related("version").first()
    if channel is None:
        raise Refused("no_channel")
    if not channel.open:
        raise Refused("channel_closed")
    if record is None:
        raise Refused("no_record", final=True)
    title, text = _said(record, effect, channel)
    message = sending.Message(title, text, sending.reference(effect.key))
    sending.send(channel.kind, open_address(channel.pk, bytes(channel.sealed)), message)
    return channel


def told(_arguments: dict[str, Any], effect: Effect) -> None:
    """That it was sent."""
    if effect.prepared is not None:
        reference = sending.reference(effect.key)
        channels.note_sent(effect=effect, channel=effect.prepared, reference=reference)


def _said(record: Record, effect: Effect, channel: Channel) -> tuple[str, str]:
    """Its title is the script's; its text is what the version says that the record ended under."""
    as_caused = record.outcome == effect.outcome and record.version_id == effect.version
    if not as_caused or effect.rule is None:
        raise Refused("overtaken", final=True)
    opened = open_record(record, by=None, purpose=PURPOSE)
    title = "".join(
        map(str, opened.definition.title.of(channel.language, opened.definition.source))
    )
    named, today = (effect.outcome, effect.rule), opened.today.isoformat()
    return title, effect_text(opened.definition, named, opened.state, today, channel.language)
