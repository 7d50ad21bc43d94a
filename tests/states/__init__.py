"""Every state of the agent's screen and of the pages around a call: how one comes there, pictures of it, what must hold in it.

One table (`tests.states.table.CHAPTERS`): a state that is added there has its pictures (`make screenshots`) and its checks
(`tests/journeys/test_states.py`) with nothing else to do.
"""
