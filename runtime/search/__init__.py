"""Finding parties again over sealed cards and blind tokens, forgiving typing errors.

Its door is `runtime.search.index`: `find`, `index_party`, `forget_party`. It listens to the parties'
`party_changed`, inside the transaction that changed them. It must not know records or queues.
Names, queries, tiers and scores (`names`, `query`, `plan`, `rerank`) are pure.
"""
