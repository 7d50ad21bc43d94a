"""Effects waiting to be carried out, once each."""
