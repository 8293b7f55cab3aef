"""Fuzzing: each door through which something comes in, and machines that knock at it."""
