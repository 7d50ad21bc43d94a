"""Who works here: persons, teams, roles, and the epoch that ends their rights at once."""
