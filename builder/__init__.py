"""What a definition is: values, conditions, question types, definition, blocks, compile, publish, import."""
