"""Term matching at scale, on the annual reports and term lists of the Hong Kong Monetary Authority (WMT25)."""

from __future__ import annotations

import json

import pytest

from pipeline.glossary.match import Matcher
from pipeline.model import Term

pytestmark = pytest.mark.shared


def pairs(folder, year):
    """What score.py counts: (document, term) where the English is a lower-case substring and a form is in the reference."""
    terms = {
        s: t for s, t in json.loads((folder / "terms" / f"{year}.proper.json").read_text("utf-8")).items() if s.strip()
    }
    matcher = Matcher(Term(source, {"zh_HK": tuple(forms)}) for source, forms in terms.items())
    for line in (folder / "docs" / f"{year}.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        english, chinese = document["en"].lower(), document["zh"].lower()
        found = {term.source for term in matcher.every(document["en"])}
        for source, forms in terms.items():
            if source.lower() in english and any(form.lower() in chinese for form in forms):
                yield document["id"], source, source in found


@pytest.mark.parametrize(("year", "least"), [("2015", 0.99), ("2019", 0.985)])
def test_the_terms_that_plain_search_finds_are_found(shared, year, least):
    """What differs is `SVF` in PSSVFO, `Managers` for managers, `IPOs` for the scanned IpOs, `rentals` in rentals1."""
    found = list(pairs(shared / "eval" / "data" / "hkma-terms", year))
    assert len(found) > 900
    assert sum(hit for *_, hit in found) >= least * len(found), [pair for pair in found if not pair[2]]
