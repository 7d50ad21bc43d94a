"""What leaves: tables, formats, documents, feeds to institutes.

Nothing below knows this package. It opens records by their door (`records.store.open_record`), which writes the
access log first, and writes nothing in clear to the disk but the files made for an institute's folder.
"""
