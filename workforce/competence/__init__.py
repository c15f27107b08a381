"""Pure rules about people's competence: dates and levels in, judgements out. No Django."""
