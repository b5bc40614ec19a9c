"""Two interpreters of one graph: the trace for eyes, the plan for speed."""
