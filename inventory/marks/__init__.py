"""Pure rules: facts in, findings out. No Django."""
