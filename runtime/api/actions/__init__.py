"""The only writers of tokens, of answers that are given again, and of counts."""
