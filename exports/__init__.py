"""What leaves: tables, formats, documents, feeds to institutes."""
