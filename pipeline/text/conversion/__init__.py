"""Simplified to Traditional Chinese and back: OpenCC's tables, words, overrides and context rules.

`pipeline.text.han` is the door to this folder. `docs/conversion.md` says which part does what.
"""
