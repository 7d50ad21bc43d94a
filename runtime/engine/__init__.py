"""The pure engine: advance(definition, state, command, today)."""
