"""What happens: engine, vault, records, search, queues, workspace, learning."""
