"""The check of a draft: everything its author should see, by severity, each with place, remedy and, where it is logic, a witness.

`lines` says what a line of it is and how they are put together; `telling` puts a proof's report into words and plain data; `readers`
knows what is read outside of the script; `stale` compares translations with what was published. All of that is pure. `kept` keeps
what the prover said of a definition (proved at once where it is small, in the background where it is not), and `panel`, the door,
looks at a page.
"""
