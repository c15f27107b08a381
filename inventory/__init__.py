"""What the county answers for, and what is known of it."""
