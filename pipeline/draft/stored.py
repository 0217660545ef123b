"""Drafts as text for the cache."""

from __future__ import annotations

import json

from pipeline.draft.finish import Drafted
from pipeline.model import Finding, Severity


def dump(draft: Drafted) -> str:
    """A draft as JSON."""
    return json.dumps(
        {
            "target": draft.target,
            "repaired": draft.repaired,
            "findings": [(f.rule, f.message, f.severity.value) for f in draft.findings],
            "lost": draft.lost,
        },
        ensure_ascii=False,
    )


def load(text: str) -> Drafted:
    """The draft that `dump` wrote."""
    value = json.loads(text)
    return Drafted(
        value["target"],
        tuple((start, end) for start, end in value["repaired"]),
        tuple(Finding(rule, message, Severity(severity)) for rule, message, severity in value["findings"]),
        tuple(value["lost"]),
    )
