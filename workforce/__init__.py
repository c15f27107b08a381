"""People, their skills and training, and the sealed log: to come."""
