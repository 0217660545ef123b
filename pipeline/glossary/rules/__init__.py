"""The rules of `sanwen glossary check`, one a file: `check(book: Book) -> Iterator[Problem]`.

A rule's name is its file's with hyphens; its docstring is its help.
"""
