"""What is done to the records of people, each in one transaction, saying by whom."""
