"""The page that the editor page is measured against: the same questions as plain StructBlocks of Wagtail.

A Django app of the bench alone (`tests.bench.plain.settings`); it has no migrations and is in no installation.
"""
