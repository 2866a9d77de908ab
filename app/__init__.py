"""Proviso: model contract language on AI at work, and employers' counter-offers read against it."""

__version__ = "0.1.0"
