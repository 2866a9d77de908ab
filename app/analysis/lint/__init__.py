"""Reads a text of our own and remarks on what is vague."""
