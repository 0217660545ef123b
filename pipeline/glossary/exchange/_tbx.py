"""TermBase eXchange (ISO 30042): what its versions 2 and 3 share. An entry of the glossary is a concept.

The English term and every form are terms of the concept; forbidden forms are terms with the administrative status
deprecated, alternatives are admitted ones. What TBX has no category for stands in notes of the English term, one a
property, as `sanwen:match=case`; other programs show them and leave them alone.
"""

from __future__ import annotations

from dataclasses import dataclass

PREFERRED, ADMITTED, DEPRECATED = "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"
STATUS, POS, DOMAIN = "administrativeStatus", "partOfSpeech", "subjectField"
OWN = "sanwen:"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Dialect:
    """The names that a version of TBX has for the same things."""

    root: str
    attributes: tuple[tuple[str, str], ...]
    header: str
    encoding: str  # what the header says of the data categories; empty: nothing
    entry: str
    language: str
    term: tuple[str, ...]  # the element around a term; the first is written, all are read
    name: str  # the part of speech of names, as TBX-Basic of this version has it
    namespace: str = ""
