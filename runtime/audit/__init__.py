"""The access log: each opening, search, export and document, with its purpose."""
