"""Import and export of every resource: files as people have them in, files that import again unchanged out."""
