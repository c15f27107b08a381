"""How a project goes forward and what its lines must add up to. No Django."""
