"""The term base: read, match, apply, check, exchange."""
