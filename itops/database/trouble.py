"""What is wrong with the database, said in one plain sentence."""


class DatabaseTrouble(Exception):
    """The database cannot be used; the message is one sentence for the operator."""
