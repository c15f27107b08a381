"""What is written: needs counted, scenarios solved, plans published, projects taken through their gates."""
