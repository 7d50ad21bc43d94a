"""The house's HTTP interface: other programs make and read work items, people, attempts and outcomes, each with a token of its own.

The door (`door`, `bearer`) decides who comes in and with what; `reach` which campaigns, items and people a token comes to; a module of
`views` is one resource. What is written goes through the actions of the packages below. Tokens, answers that are given again and
counts are this package's own (`models`, `actions`).
"""
