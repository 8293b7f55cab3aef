"""Answers as people and programs read them: text, Markdown and JSON."""
