"""The only writer of providers, extensions, ways to dial, and calls."""

from runtime.telephony.actions.calls import Received, forget, receive, set_aside, take, weigh
from runtime.telephony.actions.legs import receive_from_page
from runtime.telephony.actions.setup import (
    BadSetting,
    add_extension,
    keep_dialling,
    keep_frame,
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
    "keep_frame",
    "make_provider",
    "receive",
    "receive_from_page",
    "remove_extension",
    "renew_key",
    "set_aside",
    "set_provider_open",
    "take",
    "weigh",
]
