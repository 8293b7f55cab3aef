"""Compare: one question in several jurisdictions, and the core facts of each answer."""
