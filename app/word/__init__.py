"""Word packages that we write: redlines with real tracked changes."""
