"""How well a policy is held against law, on policies derived by program and written by hand."""
