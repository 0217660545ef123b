"""LibreOffice and our spreadsheets: it opens what we write, we read what it writes."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.errors import SanwenError
from pipeline.glossary import cells
from pipeline.glossary.exchange import xlsx
from pipeline.glossary.fmt import write
from pipeline.glossary.read import read
from pipeline.model import Term

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")]

CASES = Path(__file__).parent / "cases" / "glossary" / "exchange"
LOCALES = ["zh_CN", "zh_TW", "zh_HK"]
# comma, double quote, UTF-8, from the first row on; for export also: no quotes but where needed, as shown, no formulas
CSV_IN = "Text - txt - csv (StarCalc):44,34,76,1"
CSV_OUT = f"csv:{CSV_IN},,0,false,true,false"
XLSX_OUT = "xlsx:Calc MS Excel 2007 XML"
TERMS = (
    *read(CASES / "terms.csv").terms,
    Term("=SUM(1;2)", {"zh_CN": ("+86", "-1", "@甲")}, note="'=quoted"),
    Term("007", {"zh_CN": ("1/2", "2024-01-02", "1E5", "50%")}, note="TRUE"),
    Term("9/11", {"zh_CN": ("9·11事件", "𠀀", "＝甲")}, note="https://example.org"),
)


def convert(file: Path, kind: str, into: Path, *options: str) -> Path:
    """The file as LibreOffice writes it in another kind, with a profile of its own."""
    profile = f"-env:UserInstallation={(into / 'profile').as_uri()}"
    out = into / "converted"
    command = [SOFFICE, profile, "--headless", *options, "--convert-to", kind, "--outdir", str(out), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    made = out / f"{file.stem}.{kind.partition(':')[0]}"
    assert made.exists(), done.stdout + done.stderr
    return made


@pytest.fixture
def ours(tmp_path):
    file = tmp_path / "ours.xlsx"
    file.write_bytes(xlsx.write(TERMS, LOCALES))
    return file


def test_every_cell_shows_as_its_text(ours, tmp_path):
    with convert(ours, CSV_OUT, tmp_path).open(encoding="utf-8", newline="") as shown:
        rows = list(csv.DictReader(shown))
    wanted = {term.source: term for term in TERMS}
    assert [set(wanted) - {row["source"] for row in rows}, len(rows)] == [set(), len(TERMS)]
    for row in rows:
        term = wanted[row["source"]]
        if term.source != "Georgia":
            assert row["zh_CN"] == " | ".join(term.targets["zh_CN"])
            assert cells.unescape(row["note"]) == term.note


def test_what_it_saves_is_the_same_glossary(ours, tmp_path):
    saved = convert(ours, XLSX_OUT, tmp_path)
    back = xlsx.read(saved.read_bytes(), "x.xlsx")
    assert not back.problems
    assert write(back.terms) == write(xlsx.read(ours.read_bytes(), "x.xlsx").terms)


def test_a_glossary_opened_as_csv_and_saved_is_the_same(tmp_path):
    """The escapes of the file keep formulas from running, and do not stay in the words."""
    terms = read(CASES / "terms.csv").terms
    file = tmp_path / "glossary.csv"
    file.write_bytes(write(terms))
    back = xlsx.read(convert(file, XLSX_OUT, tmp_path, f"--infilter={CSV_IN}").read_bytes(), "x.xlsx")
    assert not back.problems
    assert write(back.terms) == write(terms)


@pytest.mark.parametrize("typed", ["9/11", "50%", "12:30", "$5", "=nope()"])
def test_a_text_that_it_took_for_something_else_is_refused(typed, tmp_path):
    file = tmp_path / "typed.csv"
    file.write_text(f"source,zh_CN\n{typed},甲\n", encoding="utf-8")
    with pytest.raises(SanwenError, match="A2") as caught:
        xlsx.read(convert(file, XLSX_OUT, tmp_path, f"--infilter={CSV_IN}").read_bytes(), "x.xlsx")
    assert caught.value.place == 2
    assert caught.value.remedy
