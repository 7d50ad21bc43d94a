"""What Scriptorium promises, and the proof of it."""
