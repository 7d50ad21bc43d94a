"""The only writer of providers, extensions, ways to dial, and calls."""

from runtime.telephony.actions.calls import Received, forget, receive, set_aside, take, weigh
from runtime.telephony.actions.setup import (
    BadSetting,
    add_extension,
    keep_dialling,
    make_provider,
    remove_extension,
    renew_key,
    set_provider_open,
)

__all__ = [
    "BadSetting",
    "Received",
    "add_extension",
    "forget",
    "keep_dialling",
    "make_provider",
    "receive",
    "remove_extension",
    "renew_key",
    "set_aside",
    "set_provider_open",
    "take",
    "weigh",
]
