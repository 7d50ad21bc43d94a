"""Sealing and opening: key ring -> subject key -> record key -> subkeys by use.

Knows no record, party or person. Its clients: `runtime.parties`, `runtime.records.store`, `runtime.search.index` and the
files kept by `exports`; nobody else.
"""
