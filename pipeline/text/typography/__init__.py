"""Chinese typography: punctuation, quotation marks, spaces, numbers, as a locale's house style has them.

After the W3C's Requirements for Chinese Text Layout (CLREQ), GB/T 15834 and GB/T 15835 (mainland), and Taiwan's
manual of punctuation (重訂標點符號手冊). A rule is a file of this folder; their order is data, `order.RULES`.
`docs/typography.md` has examples.
"""

from pipeline.text.typography.polish import Change, explain, polish

__all__ = ["Change", "explain", "polish"]
