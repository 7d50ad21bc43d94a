"""A policy's rules: when may be called, how often, by which number, and what follows. Pure: the time comes in as an argument.

`calendar` (opening hours, holidays, calling windows, summer time), `spacing` (the next moment that all of it allows), `deciding` (what
becomes of an item after an attempt), `rotation` (which number is next), `ageing` (what waiting counts), `reading` (rules as data,
parsed once). Nothing here knows an item or a database; `runtime.queues.retry` is the door for the rest of the house.
"""
