"""The pages of a resource, and the list of their addresses."""
