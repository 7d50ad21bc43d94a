"""The only reader of sealed answers, and the only part of records that knows the vault.

`sealing` seals and opens events and snapshots, `tokens` makes and reads run tokens, `reading` opens a record for a person and
`files` a file of it, with the access log written first.
"""

from runtime.records.store.files import OpenedFile, Reference, open_file
from runtime.records.store.reading import Opened, ReadEvent, hold, open_record
from runtime.records.store.sealing import destroy_key_of

__all__ = [
    "Opened",
    "OpenedFile",
    "ReadEvent",
    "Reference",
    "destroy_key_of",
    "hold",
    "open_file",
    "open_record",
]
