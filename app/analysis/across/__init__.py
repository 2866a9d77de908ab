"""What one provision does to another: overrides, definitions, removals, references that lead nowhere."""
