"""What the workshop shows of problems: form errors at blocks, messages, buttons."""
