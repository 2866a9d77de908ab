"""The learned part, and how it is weighed against the rules."""
