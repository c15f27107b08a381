"""Closed days of evidence, packed: the endpoints of a day as columns of a block. Pure: no Django."""
