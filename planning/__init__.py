"""Needs, scenarios, plans and money: to come."""
