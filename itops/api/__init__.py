"""The REST interface: every resource's records as JSON, with the pages' querysets, filters and scope."""
