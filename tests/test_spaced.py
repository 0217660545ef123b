"""Words that were run together get the source's spaces, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.spaced import spaced


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        ("Example Institute for Maritime Studies", "MaritimeStudies示例研究所", "Maritime Studies示例研究所"),
        ("the SNP MP said.", "SNPMP说。", "SNP MP说。"),
        ("images of Arthurian chivalry and", "和Arthurianchivalry的形象", "和Arthurian chivalry的形象"),
        ("the OpenAI and Open AI labs", "OpenAI实验室", "OpenAI实验室"),  # it stands in the source
        ("Maritime, Studies", "MaritimeStudies", "MaritimeStudies"),  # no row of words
        ("Maritime Studies", "MaritimeStudy", "MaritimeStudy"),  # no words of the source
        ("Maritime Studies", "Maritime Studies", "Maritime Studies"),
        ("Studies", "研究", "研究"),
    ],
)
def test_spaced(source: str, target: str, wanted: str) -> None:
    assert spaced(source, target) == wanted


def test_a_form_that_was_asked_for_stays() -> None:
    assert spaced("Space X launched", "SpaceX发射了", ("SpaceX",)) == "SpaceX发射了"


@given(st.text("Aab ，中@1", max_size=30), st.text("Aab ，中@1", max_size=30))
def test_only_spaces_are_added(source: str, target: str) -> None:
    done = spaced(source, target)
    assert done.replace(" ", "") == target.replace(" ", "")
    assert spaced(source, done) == done
