"""Finding parties and records again over sealed cards and blind tokens, forgiving typing errors.

Its doors are `runtime.search.index` for people (`find`, `index_party`, `forget_party`) and `runtime.search.answers` for records by
the answers that editors made searchable (`find_records`, `index_record`). It listens to the parties' `party_changed` and the
records' `settled`, inside the transaction that changed them. It must not know queues.
Names, queries, tiers and scores (`names`, `query`, `plan`, `rerank`) are pure.
"""
