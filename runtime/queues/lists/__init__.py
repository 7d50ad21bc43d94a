"""Lists of people: reading a CSV, recognising its columns, reading its cells. Pure."""
