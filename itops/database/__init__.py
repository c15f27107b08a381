"""The one PostgreSQL: our supervisor of the embedded server, its two roles, backup and restore."""
