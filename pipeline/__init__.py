"""Sanwen: English policy articles in, reviewed Chinese (简体, 繁體) out."""

__version__ = "0.2.0"
