"""What is known of things that are sold: pure rules and our own files of facts. No Django."""
