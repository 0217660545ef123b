"""Pure functions on strings: nothing here reads a file of the user's or knows of articles."""
