"""One file a check of a translated unit."""
