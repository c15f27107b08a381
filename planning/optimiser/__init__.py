"""What a budget buys: an exact choice among needs, its price, its reasons, its money to the fen. No Django."""
