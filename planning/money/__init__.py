"""Money in whole fen and shares in basis points, rounded by one rule and split exactly. No Django."""
