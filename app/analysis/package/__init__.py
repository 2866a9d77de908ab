"""What the findings of a clause come to together."""
