"""The engine: what a record's state becomes, and what its screen shows. Pure; its twin runs in the browser.

The door: `start`, `advance` (command in, events out), `fold` and `replay` (events to state), `view` (all a screen needs), `effective` (the answer of a viewed question that counts), `entries_that_count`,
`admit` (what the hot path asks before it stores an answer), and `Live`, which keeps a state and gives what each command changes
in its view (`patched` puts that into a view); `carry_over` brings a state to a newer version, `carry_back` takes that back,
`undoing` gives what takes an event back, `stands` whether that still can be;
`effects_due` says which effects of an outcome happen, `effect_text` what one says; `place_now` gives a place in the newer version's names. States, commands, events and views are plain JSON data, as
`docs/architecture.md` has them; definitions are frozen nodes, compiled once each. Nothing here raises, whatever the command.
"""

from runtime.engine.carry_back import carry_back
from runtime.engine.carry_over import CarriedOver, Dropped, carry_over, place_now
from runtime.engine.commands import LONGEST_REASON, LONGEST_UNREADABLE, admit
from runtime.engine.effects import effect_text, effects_due
from runtime.engine.entries import entries_that_count
from runtime.engine.events import fold, replay
from runtime.engine.fresh import advance, view
from runtime.engine.live import Live
from runtime.engine.state import canonical, start
from runtime.engine.undoing import stands, undoing
from runtime.engine.view import effective, patched

__all__ = [
    "LONGEST_REASON",
    "LONGEST_UNREADABLE",
    "CarriedOver",
    "Dropped",
    "Live",
    "admit",
    "advance",
    "canonical",
    "carry_back",
    "carry_over",
    "effect_text",
    "effective",
    "effects_due",
    "entries_that_count",
    "fold",
    "patched",
    "place_now",
    "replay",
    "stands",
    "start",
    "undoing",
    "view",
]
