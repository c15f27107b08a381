"""Pure rules of training: what a scheme asks, which hours are valid, how far somebody is. No Django."""
