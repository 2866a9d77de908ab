"""Word packages that we write."""
