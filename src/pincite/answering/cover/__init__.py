"""A policy held against law: requirement by requirement, what it covers and what it misses."""
