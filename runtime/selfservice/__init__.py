"""Self-service: an app that citizens fill by themselves, a section at a time, with or without JavaScript.

It draws with the agent's questions and saves through the records' door; of its own it has who sits at a form (`Seat`), how one comes
back to it (`Filling`), and who was invited to it (`Invitation`). Nobody signs in here, so that nothing here asks for a role.
"""
