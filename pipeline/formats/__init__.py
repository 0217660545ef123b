"""One file an article format."""
