"""Documents: issued from a template's version, numbered, verifiable by a code, revocable.

`actions` issues and revokes; `printing` opens what a document was issued with and renders it on demand. The paper
itself is never stored.
"""
