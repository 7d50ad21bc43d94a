"""Who works here: persons, units, roles, and the epoch that ends their rights at once."""
