"""Markdown, read with mistletoe: CommonMark with tables, strikethrough and footnotes, every token with its place.

mistletoe's own entry points (`Document`, renderers as context managers) change lists of its modules, the standard
library's `html`, and find no places; they are not used here. Its token classes and patterns are; where it departs from
CommonMark in a way that an article would feel, a class of ours stands in for it and says why. Nothing here changes a
global, so that any number of threads can read at once.
"""
