"""Headings and cells whose translation is the same wherever they stand."""

from __future__ import annotations

from importlib import resources

import pytest

from pipeline.text.labels import label


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("Further Reading", "延伸阅读"),
        ("RECOMMENDATIONS", "建议"),
        ("Source:", "来源："),
        (" Editor’s  note : ", "编者按："),
        ("Producer", "生产商"),
        ("Rates", None),
        ("Further reading is needed", None),
        ("", None),
    ],
)
def test_label(source: str, wanted: str | None) -> None:
    assert label(source) == wanted


def test_the_list_is_in_order() -> None:
    lines = resources.files("pipeline.text").joinpath("labels.tsv").read_text(encoding="utf-8").splitlines()
    sources = [line.split("\t")[0] for line in lines]
    assert sources == sorted(set(sources))
    assert all(source == source.lower() for source in sources)
