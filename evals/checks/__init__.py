"""The proof of the checks: true statements and their corruptions, made by program from packs."""
