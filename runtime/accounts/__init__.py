"""Accounts from a list: a file says who works here, where, with which roles and skills; first what would become of it, then done."""
