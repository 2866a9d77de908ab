"""Scores on labelled sets."""
