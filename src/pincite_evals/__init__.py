"""Evaluation: questions with gold citations, measured through the public API."""
