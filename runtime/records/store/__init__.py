"""The only reader of sealed answers, and the only part of records that knows the vault.

`sealing` seals and opens events and snapshots, `tokens` makes and reads run tokens, `reading` opens a record for a person,
with the access log written first.
"""

from runtime.records.store.reading import Opened, ReadEvent, hold, open_record

__all__ = ["Opened", "ReadEvent", "hold", "open_record"]
