"""Reading and writing files: clear refusals, and nothing half written or lost."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import textwrap
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import files
from pipeline.errors import SanwenError
from pipeline.text import encoding

ENGLISH = "The “deal” — Russia’s aims – naïve; a café’s price. He said “no” to Trump’s plan. " * 3
CHINESE = "中美关系是当今世界最重要的双边关系，“合作”则两利。\n" * 3
TAIWANESE = "中美關係是當今世界最重要的雙邊關係，「合作」則兩利，鬥則俱傷。\n" * 3


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (ENGLISH.encode("cp1252"), "Windows-1252"),
        ("Naïve café résumé, a plain old text.".encode("latin-1"), "ISO-8859-1"),
        (ENGLISH.encode("gb18030"), "GB18030"),
        (CHINESE.encode("gb18030"), "GB18030"),
        (("A long English text with little Chinese: 北京. " * 9).encode("gb18030"), "GB18030"),
        (TAIWANESE.encode("big5"), "Big5"),
        ("これは日本語の文章です。米国は合意した。".encode("shift_jis"), "SHIFT_JIS"),
        (ENGLISH.encode("mac-roman"), "MACINTOSH"),
        (ENGLISH.encode("utf-16"), "UTF-16"),
        (CHINESE.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + ENGLISH.encode("utf-16-be"), "UTF-16"),
        (ENGLISH.encode("utf-16-le"), "UTF-16LE"),
        (ENGLISH.encode("utf-16-be"), "UTF-16BE"),
        (ENGLISH.encode("utf-32"), "UTF-32LE"),
    ],
)
def test_a_foreign_encoding_is_named_with_its_remedy(data, name):
    with pytest.raises(
        SanwenError, match=rf"a\.txt: .*encoded in {name}, not in UTF-8.*iconv -f {name.upper()} -t UTF-8"
    ):
        files.decode(data, "a.txt")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\nabc", "a PDF file"),
        (b"PK\x03\x04rest", "zip archive"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG picture"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file"),
        (b"{\\rtf1 text", "RTF"),
        (bytes(range(256)) * 4, "binary file"),
        (b"one line\nand a NUL\0 here" + b" and more" * 40, "a.txt:2: a NUL byte"),
        (b"caf\xc3\xa9 na\xc3\xafve\nd\xc3\xa9tente \xff!\n", "a.txt:2: .*damaged: byte 0xFF"),
        ("naïve café".encode() + b" \xed\xa0\xbd\xed\xb8\x80", "surrogate"),
        (b"plain \xed\xb8\x80 text", "surrogate"),
        ("ends in mid-character: café".encode()[:-1] + b"\n", "damaged|ISO-8859-1"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data, said):
    with pytest.raises(SanwenError, match=said):
        files.decode(data, "a.txt")


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs", "Cc"])), st.booleans())
def test_utf8_is_read_with_or_without_byte_order_mark(text, mark):
    data = b"\xef\xbb\xbf" * mark + text.encode()
    if encoding.problem(data) is None:  # a text may begin like a PDF file
        found, name = files.decode(data, "a.txt")
        assert found.encode(name) == data
        assert found == text or found == text.removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data):
    try:
        text, name = files.decode(data, "a.txt")
    except SanwenError as error:
        refused = error
    else:
        assert text.encode(name) == data
        return
    assert refused.remedy


def test_reading_says_what_is_wrong(tmp_path):
    for make, said in (
        (lambda _: None, "no such file"),
        (lambda p: p.mkdir(), "folder"),
        (lambda p: p.touch(), "empty"),
        (os.mkfifo, "not a plain file"),
        (lambda p: p.symlink_to(tmp_path / "nowhere"), "no such file"),
    ):
        path = tmp_path / said.replace(" ", "")
        make(path) if not path.exists() else None
        with pytest.raises(SanwenError, match=said):
            files.read_bytes(path)
    with pytest.raises(SanwenError, match="cannot be read"):
        files.read_bytes("a\0b")
    path = tmp_path / "large"
    path.write_bytes(b"x" * 100)
    assert files.read_bytes(path, limit=100) == b"x" * 100
    with pytest.raises(SanwenError, match="larger than"):
        files.read_bytes(path, limit=99)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(SanwenError, match="no permission"):
        files.read_bytes(path)


def test_writing_keeps_mode_and_link_and_leaves_nothing_behind(tmp_path):
    real, link = tmp_path / "real.po", tmp_path / "link.po"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    files.write_atomic(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    mask = os.umask(0o027)
    try:
        files.write_atomic(tmp_path / "fresh", b"")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "fresh").stat().st_mode) == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["fresh", "link.po", "real.po"]


def test_writing_where_one_cannot(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for place, said in (
        ("no/where", "folder does not exist"),
        ("folder", "this is a folder"),
        ("file/x", "cannot be written"),
    ):
        with pytest.raises(SanwenError, match=said):
            files.write_atomic(tmp_path / place, b"x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder"]


def test_a_full_disk_loses_nothing(tmp_path):
    """The kernel itself refuses to write more than a kilobyte."""
    path = tmp_path / "a.po"
    path.write_bytes(b"old content")
    code = f"""
        import resource, signal
        from pipeline.files import write_atomic
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
        write_atomic({str(path)!r}, b"x" * 100_000)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=False)
    assert "SanwenError" in done.stderr
    assert "what was there before is untouched" in done.stderr
    assert path.read_bytes() == b"old content"
    assert [p.name for p in tmp_path.iterdir()] == ["a.po"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failure_at_any_step_loses_nothing(tmp_path, monkeypatch, call):
    path = tmp_path / "a.po"
    path.write_bytes(b"old")

    def fail(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    if call == "replace":
        monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(SanwenError, match="No space left"):
        files.write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.po"]


def test_readers_see_whole_files_while_writers_race(tmp_path):
    path = tmp_path / "a.po"
    contents = [bytes([65 + n]) * 50_000 for n in range(4)]
    path.write_bytes(contents[0])
    seen = set()

    def write(data):
        for _ in range(20):
            files.write_atomic(path, data)

    writers = [threading.Thread(target=write, args=[data]) for data in contents]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        seen.add(files.read_bytes(path))
    assert seen <= set(contents)
    assert path.read_bytes() in contents
    assert [p.name for p in tmp_path.iterdir()] == ["a.po"]
