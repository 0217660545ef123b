"""Import and export of glossaries: round trips, schemas, strangers' files, hostile files."""

from __future__ import annotations

import dataclasses
import io
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import SanwenError
from pipeline.glossary import exchange
from pipeline.glossary.exchange import _sheet_read, deepl_csv, deepl_tsv, google, martif, omegat, tbx, weblate, xlsx
from pipeline.glossary.read import read
from pipeline.model import Term

CASES = Path(__file__).parent / "cases" / "glossary" / "exchange"
TERMS = read(CASES / "terms.csv").terms
LOCALES = ["zh_CN", "zh_TW", "zh_HK"]
WHOLE = [tbx, martif, xlsx]  # the formats that carry everything
PAIRS = [deepl_csv, deepl_tsv, omegat, weblate]


def bare(terms):
    """The terms without their places, in one order."""
    return sorted((dataclasses.replace(term, file="", line=0) for term in terms), key=repr)


@pytest.mark.parametrize("module", WHOLE, ids=lambda module: module.NAME)
def test_everything_comes_back(module):
    back = module.read(module.write(TERMS, LOCALES), "x")
    assert not back.problems
    assert bare(back.terms) == bare(TERMS)
    assert exchange.losses(module, TERMS, LOCALES) == []


@pytest.mark.parametrize("module", PAIRS, ids=lambda module: module.NAME)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_locale_comes_back_with_what_the_format_carries(module, locale):
    back = module.read(module.write(TERMS, [locale]), "x", locale)
    assert not back.problems
    forms = {term.source: term.targets[locale] for term in back.terms}
    sent = [t for t in TERMS if t.targets.get(locale) and t.status in ("", "admitted")]
    assert set(forms) >= {term.source for term in sent}
    for term in sent:
        if term.source != "Georgia":
            wanted = term.targets[locale] if module is omegat else term.targets[locale][:1]
            assert forms[term.source] == wanted
    again = module.write(back.terms, [locale])
    assert again == module.write(module.read(again, "x", locale).terms, [locale])


def test_losses_are_told():
    assert "Donald Trump: pos, domain, not_zh_CN" in exchange.losses(deepl_csv, TERMS, ["zh_CN"])
    assert "RAND: entry" in exchange.losses(deepl_csv, TERMS, ["zh_CN"])


def test_google_has_a_column_for_each_locale():
    data = google.write(TERMS, LOCALES)
    assert data.decode().split("\n")[0] == "en,zh-CN,zh-TW,zh-HK,pos,description"
    trump = next(term for term in google.read(data, "x").terms if term.source == "Donald Trump")
    assert trump.targets == {"zh_CN": ("唐纳德·特朗普",), "zh_TW": ("唐納·川普",), "zh_HK": ("唐納德·特朗普",)}
    assert trump.pos == "name"


@pytest.mark.parametrize("module", [deepl_csv, deepl_tsv, google, weblate, omegat], ids=lambda module: module.NAME)
def test_no_cell_runs(module):
    data = module.write(TERMS, ["zh_CN"])
    for line in data.decode().split("\n"):
        for cell in line.replace('"', "").replace("\t", ",").split(","):
            assert not cell.startswith(("=", "+", "-", "@"))
    sources = {term.source for term in module.read(data, "x").terms}
    assert {"+1 & <b>", "-stan"} <= sources


@pytest.mark.parametrize("name", ["tbx", "martif"])
def test_xml_is_valid(name):
    schema = etree.RelaxNG(etree.parse(CASES / f"{name}.rng"))
    document = etree.fromstring(exchange.load(name).write(TERMS, LOCALES))
    assert schema.validate(document), schema.error_log


def test_translate_toolkit_reads_martif_and_weblate():
    storage = pytest.importorskip("translate.storage.tbx")
    units = storage.tbxfile.parsestring(martif.write(TERMS, ["zh_CN"])).units
    assert [(u.source, u.target) for u in units][2] == ("détente", "缓和")
    table = pytest.importorskip("translate.storage.csvl10n")
    units = table.csvfile.parsestring(weblate.write(TERMS, ["zh_CN"])).units
    assert ("Donald Trump", "唐纳德·特朗普") in [(u.source, u.target) for u in units]


TBX_OF_STRANGERS = """<?xml version='1.0' encoding='UTF-8'?>
<?xml-model href="http://example.org/x.rng" type="application/xml"?>
<martif type="TBX" xml:lang="en-US"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body>
 <termEntry id="e1"><descripGrp><descrip type="definition">A <hi>thing</hi></descrip></descripGrp>
  <langSet xml:lang="en-GB"><ntig><termGrp><term>white
    paper</term><termNote type="partOfSpeech">properNoun</termNote></termGrp></ntig>
   <tig><term>WP</term></tig></langSet>
  <langSet xml:lang="zh-Hans"><tig><term>白皮书</term></tig><tig><term>白书</term>
   <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig></langSet>
  <langSet xml:lang="zh-Hant-HK"><tig><term>白皮書</term></tig></langSet>
  <langSet xml:lang="fr"><tig><term>livre blanc</term></tig></langSet></termEntry>
 <termEntry id="e2"><langSet xml:lang="en"><tig><term>alone</term></tig></langSet></termEntry>
</body></text></martif>"""


def test_martif_of_strangers():
    back = martif.read(TBX_OF_STRANGERS.encode(), "x.tbx")
    assert [(t.source, t.pos) for t in back.terms] == [("white paper", "name"), ("WP", "")]
    assert back.terms[0].targets == {"zh_CN": ("白皮书",), "zh_HK": ("白皮書",), "fr": ("livre blanc",)}
    assert back.terms[0].forbidden == {"zh_CN": ("白书",)}
    assert [(p.line, p.rule) for p in back.problems] == [(13, "import")]


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("dtd", [BOMB, OUTSIDE, "<!DOCTYPE tbx>", '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">'])
@pytest.mark.parametrize("module", [tbx, martif], ids=lambda module: module.NAME)
def test_xml_with_a_dtd_is_refused(module, dtd):
    document = module.write(TERMS, LOCALES).decode().replace("?>\n", f"?>\n{dtd}\n", 1)
    with pytest.raises(SanwenError, match="document type declaration") as caught:
        module.read(document.encode(), "x.tbx")
    assert caught.value.place == 2


@pytest.mark.parametrize("module", [tbx, martif], ids=lambda module: module.NAME)
@pytest.mark.parametrize("data", [b"", b"<tbx>", b"<html/>", b"<tbx>&a;</tbx>", b"\xff\xfe\x00", b"a,b\n"])
def test_what_is_no_tbx_is_refused(module, data):
    with pytest.raises(SanwenError):
        module.read(data, "x.tbx")


def test_each_tbx_refuses_the_other():
    with pytest.raises(SanwenError, match="<martif>, not <tbx>"):
        tbx.read(martif.write(TERMS, LOCALES), "x.tbx")


@pytest.mark.parametrize(
    ("module", "data"),
    [
        (deepl_csv, "a,甲,en,zh\nb,乙,de,zh\nc\n,丙\n"),
        (deepl_tsv, "a\t甲\nb\nc\t丙\td\n"),
        (google, "en,zh-CN\na,甲\nb,\n,丙\nd,丁,戊\n"),
        (weblate, "source,target\na,甲\nb,\n"),
        (omegat, "# comment\na\t甲\tnote\nb\n"),
    ],
    ids=lambda value: getattr(value, "NAME", ""),
)
def test_rows_that_are_no_entry_are_told(module, data):
    back = module.read(data.encode(), "x", "zh_CN")
    assert [(term.source, term.targets) for term in back.terms] == [("a", {"zh_CN": ("甲",)})]
    bad = [n for n, line in enumerate(data.splitlines(), 1) if line[0] not in "a#se"]
    assert [p.line for p in back.problems] == [n for n in bad if data.splitlines()[n - 1][:2] != "en"]


@pytest.mark.parametrize(
    ("module", "data"),
    [
        (deepl_csv, "a,甲\nb|c,乙\nd,丙|丁\n"),
        (deepl_tsv, "a\t甲\nb|c\t乙\nd\t丙|丁\n"),
        (google, "en,zh-CN\na,甲\nb|c,乙\nd,丙|丁\n"),
        (weblate, "source,target\na,甲\nb|c,乙\nd,丙|丁\n"),
        (omegat, "a\t甲\nb|c\t乙\nd\t丙|丁\n"),
    ],
    ids=lambda value: getattr(value, "NAME", ""),
)
def test_what_a_glossary_cannot_hold_is_told_with_its_line(module, data):
    back = module.read(data.encode(), "x", "zh_CN")
    assert [term.source for term in back.terms] == ["a"]
    first = data.splitlines().index(next(line for line in data.splitlines() if line.startswith("a"))) + 1
    assert [(p.line, p.rule) for p in back.problems] == [(first + 1, "import"), (first + 2, "import")]


@pytest.mark.parametrize("module", [deepl_csv, google, weblate])
def test_broken_quotes_and_encodings_are_refused(module):
    with pytest.raises(SanwenError):
        module.read(b'en,zh-CN\nsource,target\n"a,b\n', "x")
    with pytest.raises(SanwenError):
        module.read("source,target\n国家,美国的总统\n".encode("gb18030") * 20, "x")


@pytest.mark.parametrize("module", PAIRS, ids=lambda module: module.NAME)
def test_a_bilingual_file_has_one_locale(module):
    with pytest.raises(SanwenError, match="one target language"):
        module.write(TERMS, LOCALES)


def test_language_tags():
    table = "en-us,zh-Hans,zh_TW,zh-Hant-HK\na,甲,乙,丙\n"
    assert google.read(table.encode(), "x").terms[0].targets == {"zh_CN": ("甲",), "zh_TW": ("乙",), "zh_HK": ("丙",)}
    table = "eng,zho-CHS,ZH-CHT,haw\na,甲,乙,丙\n"
    assert google.read(table.encode(), "x").terms[0].targets == {"zh_CN": ("甲",), "zh_TW": ("乙",)}
    assert [p.message for p in google.read(table.encode(), "x").problems] == ["'a' has forms in haw"]
    assert deepl_csv.read("a,甲,EN,ZH-HANT\nb,乙,EN,ZH\n".encode(), "x", "zh_HK").terms[0].targets == {"zh_TW": ("甲",)}
    assert deepl_csv.read("a,甲,EN,ZH-HANT\nb,乙,EN,ZH\n".encode(), "x", "zh_HK").terms[1].targets == {"zh_HK": ("乙",)}


def test_formats_are_found_by_name_and_ending():
    assert exchange.names() == ("deepl-csv", "deepl-tsv", "google", "martif", "omegat", "tbx", "weblate", "xlsx")
    assert exchange.guess("a/b.XLSX") == ["xlsx"]
    assert exchange.guess("b.tbx") == ["martif", "tbx"]
    for module in WHOLE:
        assert exchange.guess(f"x{module.EXTENSIONS[0]}", module.write(TERMS, LOCALES)) == [module.NAME]
    assert exchange.guess("x.csv", google.write(TERMS, LOCALES)) == ["google"]
    assert exchange.guess("x.csv", weblate.write(TERMS, ["zh_CN"])) == ["weblate"]
    assert exchange.guess("x.csv", deepl_csv.write(TERMS, ["zh_CN"])) == ["deepl-csv", "google", "weblate"]
    with pytest.raises(SanwenError, match="no glossary format"):
        exchange.load("os")
    page = (Path(__file__).parent.parent / "docs" / "glossary.md").read_text("utf-8")
    for name in exchange.names():
        module = exchange.load(name)
        assert name == module.NAME
        assert module.__doc__
        assert f"`{name}`" in page


def workbook(**parts):
    """A workbook with some of its parts replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx.write(TERMS, LOCALES))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        places = {"sheet": "xl/worksheets/sheet1.xml", "shared": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
        changed = {places[name]: data for name, data in parts.items()}
        for name, data in ({name: old.read(name) for name in old.namelist()} | changed).items():
            new.writestr(name, data)
    return out.getvalue()


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
TITLES = "".join(
    f'<c r="{place}1" t="str"><v>{text}</v></c>' for place, text in (("A", "source"), ("B", "zh_CN"), ("C", "note"))
)
SHARED = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'


def test_spreadsheets_of_other_programs():
    """Shared strings with runs and phonetics, cells left out, numbers, formulas, no references."""
    sheet = SHEET.format(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>3</v></c><c r="C3" t="s"><v>4</v></c></row>'
        '<row><c t="str"><f>A1</f><v>sum</v></c><c/><c><v>5</v></c></row>'
    )
    shared = SHARED.format(
        "<si><t>source</t></si><si><t>pos</t></si><si><t>zh_CN</t></si><si><r><t>dé</t></r><r><t>tente</t></r></si>"
        "<si><t>缓和</t><rPh sb='0' eb='1'><t>huanhe</t></rPh></si>"
    )
    back = xlsx.read(workbook(sheet=sheet, shared=shared), "x.xlsx")
    assert not back.problems
    assert [(t.source, t.targets["zh_CN"], t.line) for t in back.terms] == [
        ("détente", ("缓和",), 3),
        ("sum", ("5",), 4),
    ]


STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="GENERAL"/><numFmt numFmtId="165" formatCode="yyyy-mm-dd"/></numFmts>'
    '<cellXfs count="5"><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="9"/><xf numFmtId="49"/><xf/></cellXfs>'
    "</styleSheet>"
)


def test_plain_numbers_and_truths_are_texts():
    cells = '<c r="A2"><v>1945</v></c><c r="B2" s="3"><v>24</v></c><c r="C2" s="4" t="b"><v>1</v></c>'
    sheet = SHEET.format(f'<row r="1">{TITLES}</row><row r="2">{cells}</row>')
    (term,) = xlsx.read(workbook(sheet=sheet, styles=STYLES), "x.xlsx").terms
    assert (term.source, term.targets["zh_CN"], term.note) == ("1945", ("24",), "TRUE")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<c r="A2" s="1"><v>46276</v></c>', "A2 is a date"),
        ('<c r="A2" s="2"><v>0.5</v></c>', "A2 is a date"),
        ('<c r="A2" t="d"><v>2001-09-11</v></c>', "A2 is a date"),
        ('<c r="A2" t="e"><f>x()</f><v>#NAME?</v></c>', "A2 holds an error, #NAME?"),
    ],
)
def test_what_a_program_made_of_a_text_is_refused(cell, said):
    sheet = SHEET.format(f'<row r="1">{TITLES}</row><row r="2">{cell}</row>')
    with pytest.raises(SanwenError, match=re.escape(said)) as caught:
        xlsx.read(workbook(sheet=sheet, styles=STYLES), "x.xlsx")
    assert (caught.value.file, caught.value.place) == ("x.xlsx", 2)
    assert caught.value.remedy


def test_escapes_of_an_opened_csv_are_undone():
    cells = '<c r="A2" t="str"><v>\'=x</v></c><c r="B2" t="str"><v>甲</v></c><c r="C2" t="str"><v>\'s</v></c>'
    sheet = SHEET.format(f'<row r="1">{TITLES}</row><row r="2">{cells}</row>')
    (term,) = xlsx.read(workbook(sheet=sheet), "x.xlsx").terms
    assert (term.source, term.note) == ("=x", "'s")
    odd = [dataclasses.replace(term, source=source) for source in ("=a", "'=a", "''a", "'a", "''=a")]
    assert {term.source for term in xlsx.read(xlsx.write(odd, ["zh_CN"]), "x").terms} == {t.source for t in odd}


def test_the_strict_namespace_is_read_too():
    sheet = SHEET.format(f'<row r="1">{TITLES}</row><row r="2"><c r="A2" t="str"><v>a</v></c>{{}}</row>')
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    sheet = sheet.format('<c r="B2" t="str"><v>甲</v></c>').replace(
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main", strict
    )
    assert [term.source for term in xlsx.read(workbook(sheet=sheet), "x.xlsx").terms] == ["a"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"source,zh_CN\n",
        b"PK\x03\x04broken",
        workbook(sheet=SHEET.format('<row r="1"><c r="A1" t="s"><v>9</v></c></row>')),
        workbook(sheet=SHEET.format('<row r="1"><c r="XFD1" t="inlineStr"><is><t>a</t></is></c></row>')),
        workbook(sheet='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        workbook(sheet="<worksheet>"),
    ],
    ids=["empty", "csv", "cut", "no string", "far column", "dtd", "broken"],
)
def test_what_is_no_spreadsheet_is_refused(data):
    with pytest.raises(SanwenError):
        xlsx.read(data, "x.xlsx")


def test_a_part_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(_sheet_read, "_LIMIT", 10_000)
    with pytest.raises(SanwenError, match="unpacks to more"):
        xlsx.read(workbook(sheet=" " * 20_000), "x.xlsx")


def test_an_idle_row_of_a_spreadsheet_is_told_with_its_number():
    sheet = '<row r="1">{}{}</row><row r="7">{}</row>'.format(
        *(
            f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
            for place, text in (("A1", "source"), ("B1", "zh_CN"), ("A7", "alone"))
        )
    )
    back = xlsx.read(workbook(sheet=SHEET.format(sheet)), "x.xlsx")
    assert [(p.line, p.rule) for p in back.problems] == [(7, "idle-row")]


TEXT = st.text(
    alphabet=st.characters(exclude_characters="|", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Cf", "Cn", "Co")),
    min_size=1,
    max_size=6,
).map(lambda text: unicodedata.normalize("NFC", text))
ANY = st.builds(
    Term,
    # 's alone is no word
    st.from_regex(r"[=+@']?[A-Za-z][A-Za-z]{0,8}( [A-Za-z]{1,8})?", fullmatch=True).filter(lambda s: s.lower() != "'s"),
    st.dictionaries(
        st.sampled_from(LOCALES), st.lists(TEXT, min_size=1, max_size=3, unique=True).map(tuple), min_size=1
    ),
    note=TEXT,
    domain=TEXT,
    context=st.lists(TEXT, max_size=2, unique=True).map(tuple),
)


SCHEMAS = {module: etree.RelaxNG(etree.parse(CASES / f"{module.NAME}.rng")) for module in (tbx, martif)}


@settings(deadline=None, max_examples=40)
@given(st.lists(ANY, min_size=1, max_size=4, unique_by=lambda term: term.source.lower()))
def test_any_term_survives_the_whole_formats(terms):
    for module in WHOLE:
        data = module.write(terms, LOCALES)
        if module in SCHEMAS:
            assert SCHEMAS[module].validate(etree.fromstring(data)), SCHEMAS[module].error_log
        back = module.read(data, "x")
        assert not back.problems
        assert bare(back.terms) == bare(terms), module.NAME


@settings(max_examples=60)
@given(
    st.binary(max_size=80)
    | st.sampled_from([xlsx.write(TERMS, LOCALES)]).flatmap(
        lambda d: st.integers(0, len(d)).map(lambda n: d[:n] + b"\x00" + d[n + 1 :])
    )
)
def test_damaged_files_are_refused_or_read(data):
    for name in exchange.names():
        try:
            exchange.load(name).read(data, "x")
        except SanwenError:
            continue
