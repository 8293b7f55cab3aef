"""Who may do what, in which workspace, and the record of what was done."""
