"""Django's PostgreSQL backend, telling the database in each transaction who acts."""
