"""The sealed log's format and proofs. Pure: it knows no Django and no database."""
