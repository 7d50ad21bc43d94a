"""What `make bench-search` is made of: who is asked for and how, the people put in, the plaintext beside it, the thief."""
