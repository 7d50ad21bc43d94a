"""Finding parties again over blind tokens."""
