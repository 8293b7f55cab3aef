"""How well the faults of memos are found that are made by program from installed law."""
