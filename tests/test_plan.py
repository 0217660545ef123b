"""Files, folders and globs to tasks."""

from __future__ import annotations

import pytest

from pipeline.config import find
from pipeline.plan import plan


@pytest.fixture
def articles(workspace):
    for name in ("a.txt", "b.md", "2017/a.txt", "notes.xyz", ".hidden.txt"):
        file = workspace / "articles" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("One.\n", encoding="utf-8")
    return workspace


def names(result):
    return [t.name for t in result.tasks]


def test_a_folder_is_walked_in_order(articles):
    result = plan(["articles"], find(articles))
    assert names(result) == ["2017.a", "a", "b"]
    assert not result.problems


def test_a_glob_and_a_file_do_not_make_two_tasks(articles):
    assert names(plan(["articles/*.txt", "articles/a.txt"], find(articles))) == ["a"]


def test_a_recursive_glob(articles):
    assert names(plan(["articles/**/*.txt"], find(articles))) == ["2017.a", "a"]


def test_outside_the_roots_the_file_gives_the_name(articles):
    (articles / "c.txt").write_text("One.", encoding="utf-8")
    assert names(plan(["c.txt"], find(articles))) == ["c"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing.txt", "no such file"),
        ("articles/*.pdf", "nothing matches"),
        ("articles/notes.xyz", "no format reads '.xyz' files"),
        ("empty", "no article in this folder"),
    ],
)
def test_what_cannot_be_done_is_said_and_the_rest_goes_on(articles, path, message):
    (articles / "empty").mkdir()
    result = plan([path, "articles/a.txt"], find(articles))
    assert names(result) == ["a"]
    assert message in str(result.problems[0])


def test_two_articles_never_share_a_po_file(articles):
    (articles / "articles/a.md").write_text("One.", encoding="utf-8")
    result = plan(["articles"], find(articles))
    assert sorted(names(result)) == ["2017.a", "a", "b"]
    assert "Rename one of them" in str(result.problems[0])
