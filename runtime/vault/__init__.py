"""Keys, sealing and blinding; knows bytes and subject ids, never what they mean."""
