"""What is read for pages: joined from inventory, people and money, within the reader's scope."""
