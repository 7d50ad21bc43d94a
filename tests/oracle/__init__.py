"""ODK's engine as an oracle: random definitions of what both can say, the same answers, the same state."""
