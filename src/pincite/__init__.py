"""Answers to compliance questions about US law."""
