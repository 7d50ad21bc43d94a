"""Joining what several authors made of one page, block by block: base, theirs, mine.

`merging` (with `order` and `trees`) is pure. `plain` takes a page apart for it, `join` does it for a form, `told` says it.
Who keeps what a browser held before is `content.authors`. See docs/decisions/55-several-authors.md.
"""
