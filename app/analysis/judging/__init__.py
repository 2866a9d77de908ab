"""What differs between two readings, as moves."""
