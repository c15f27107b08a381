"""The commands of the database."""
