"""Taking a lesson: its record, and the skills it leads to. Knows queues and records, has no models."""
