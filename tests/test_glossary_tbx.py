"""TBX: exports hold to the standard for any glossary; files of other programs are read, hostile ones refused."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from lxml import etree

from pipeline.errors import SanwenError
from pipeline.glossary import exchange
from pipeline.glossary.exchange import martif, tbx
from pipeline.glossary.fmt import write
from pipeline.glossary.read import read

CASES = Path(__file__).parent / "cases" / "glossary" / "exchange"
GLOSSARIES = sorted((Path(__file__).parent.parent / "glossaries").glob("*.csv"))
LOCALES = ["zh_CN", "zh_TW", "zh_HK"]
BOTH = pytest.mark.parametrize("module", [tbx, martif], ids=lambda module: module.NAME)


def schema(module):
    return etree.RelaxNG(etree.parse(CASES / f"{module.NAME}.rng"))


def document(module):
    return etree.fromstring(module.write(read(CASES / "terms.csv").terms, LOCALES))


@BOTH
@pytest.mark.parametrize("path", GLOSSARIES, ids=lambda path: path.stem)
def test_our_glossaries_are_valid_tbx(module, path):
    rules = schema(module)
    assert rules.validate(etree.fromstring(module.write(read(path).terms, LOCALES))), rules.error_log


NAMES = {
    "root": ("tbx", "martif"),
    "header": ("tbxHeader", "martifHeader"),
    "entry": ("conceptEntry", "termEntry"),
    "section": ("langSec", "langSet"),
}


def named(root, name):
    """The first element of a name, or of what the versions call it."""
    wanted = NAMES.get(name, (name,))
    return next(element for element in root.iter() if etree.QName(element).localname in wanted)


def moved(name, where):
    """Move the first element of a name to a place among its siblings."""

    def change(root):
        element = named(root, name)
        parent = element.getparent()
        parent.remove(element)
        parent.insert(where if where >= 0 else len(parent), element)

    return change


def said(name, text):
    return lambda root: setattr(named(root, name), "text", text)


def marked(name, key, value):
    def change(root):
        element = named(root, name)
        element.attrib.pop(key) if value is None else element.set(key, value)

    return change


def dropped(name):
    def change(root):
        element = named(root, name)
        element.getparent().remove(element)

    return change


def doubled(name):
    def change(root):
        element = named(root, name)
        element.addnext(copy.deepcopy(element))

    return change


WRONG = {
    "note after a term's place": moved("note", 0),
    "term last": moved("term", -1),
    "concept without id": marked("entry", "id", None),
    "one id twice": doubled("entry"),
    "no category": marked("termNote", "type", None),
    "unknown category": marked("termNote", "type", "register"),
    "unknown part of speech": said("termNote", "phrase"),
    "unknown attribute": marked("term", "status", "preferred"),
    "language without tag": marked("section", "{http://www.w3.org/XML/1998/namespace}lang", None),
    "document without language": marked("root", "{http://www.w3.org/XML/1998/namespace}lang", None),
    "document without type": marked("root", "type", None),
    "no term": dropped("term"),
    "two terms in a block": doubled("term"),
    "no source described": dropped("sourceDesc"),
    "no header": dropped("header"),
    "empty body": dropped("body"),
}


@BOTH
@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_the_schema_refuses_what_the_standard_refuses(module, change):
    root = document(module)
    assert schema(module).validate(root)
    change(root)
    assert not schema(module).validate(root)


def test_the_version_says_what_a_name_is():
    pos = {term.source: term.pos for term in read(CASES / "terms.csv").terms}
    for module, category in ((tbx, "noun"), (martif, "properNoun")):
        root = document(module)
        block = next(element.getparent() for element in root.iter() if element.text == "RAND")
        assert [child.text for child in block if child.get("type") == "partOfSpeech"] == [category]
        back = module.read(etree.tostring(root), "x.tbx")
        assert {term.source: term.pos for term in back.terms} == pos


GROUPED = """<?xml version='1.0'?>
<martif type="TBX-Basic" xml:lang="en-US"><martifHeader><fileDesc><sourceDesc><p>a term base</p></sourceDesc></fileDesc>
<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc></martifHeader><text><body>
<termEntry id="c12">
 <transacGrp><transac type="transactionType">origination</transac><transacNote type="responsibility">me</transacNote>
  <date>2019-03-04</date></transacGrp>
 <descripGrp><descrip type="subjectField">security</descrip><admin type="source">handbook</admin></descripGrp>
 <descripGrp><descrip type="definition">What deters by denial.</descrip></descripGrp>
 <langSet xml:lang="EN-us">
  <ntig><termGrp><term>deterrence by <hi>denial</hi></term>
    <termNoteGrp><termNote type="partOfSpeech">Noun</termNote><note>checked</note></termNoteGrp>
    <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp>
   <descripGrp><descrip type="context">They relied on it.</descrip></descripGrp></ntig></langSet>
 <langSet xml:lang="en-GB"><tig><term>deterrence by denial</term></tig></langSet>
 <langSet xml:lang="ZH-CHS"><tig><term>拒止性威慑</term>
  <termNote type="normativeAuthorization">preferredTerm</termNote></tig>
  <ntig><termGrp><term>否认威慑</term><termNote type="administrativeStatus">forbidden</termNote></termGrp></ntig></langSet>
 <langSet xml:lang="zh-hant-tw"><tig><term>拒止性嚇阻</term></tig></langSet>
 <langSet lang="zho-HK"><tig><term>拒止性威懾</term></tig></langSet>
 <langSet xml:lang="x-klingon"><tig><term>bot</term></tig></langSet>
</termEntry>
<termEntry><note>first</note><note>second</note><langSet xml:lang="eng"><tig><term>air|sea</term></tig>
 <tig><term>coast guard</term><termNote type="partOfSpeech">proper noun</termNote><note>third</note></tig></langSet>
 <langSet xml:lang="zh"><tig><term>海警</term></tig></langSet></termEntry>
</body></text></martif>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_martif_with_groups_and_tags_of_every_shape(encoding):
    text = GROUPED.replace("'1.0'", f"'1.0' encoding='{encoding.removesuffix('-sig')}'")
    data = text.encode(encoding)
    assert exchange.guess("x.tbx", data) == ["martif"]
    back = martif.read(data, "x.tbx")
    first, second = back.terms
    assert (first.source, first.pos, first.status, first.domain) == (
        "deterrence by denial",
        "noun",
        "admitted",
        "security",
    )
    assert first.targets == {"zh_CN": ("拒止性威慑",), "zh_TW": ("拒止性嚇阻",), "zh_HK": ("拒止性威懾",)}
    assert first.forbidden == {"zh_CN": ("否认威慑",)}
    assert first.note == "checked"
    assert (second.source, second.pos, second.note) == ("coast guard", "name", "first; second; third")
    assert [(p.line, p.message) for p in back.problems] == [
        (4, "'deterrence by denial' has forms in x"),
        (22, "'air|sea' holds a vertical bar"),
    ]
    assert write(back.terms).count(b"\n") == 3


def test_a_definition_is_the_note_where_there_is_no_other():
    without = GROUPED.replace("<note>checked</note>", "")
    assert martif.read(without.encode(), "x.tbx").terms[0].note == "What deters by denial."


TAGGED = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body><conceptEntry id="c1">
 <min:subjectField>trade</min:subjectField>
 <langSec xml:lang="en"><termSec><term>safeguard duty</term><min:partOfSpeech>noun</min:partOfSpeech>
  <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec>
 <langSec xml:lang="zh-CN"><termSec><term>保障措施关税</term></termSec><termSec><term>保护关税</term>
  <min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>"""


def test_categories_as_tags():
    back = tbx.read(TAGGED.encode(), "x.tbx")
    assert not back.problems
    (term,) = back.terms
    assert (term.source, term.pos, term.domain, term.status) == ("safeguard duty", "noun", "trade", "")
    assert (term.targets, term.forbidden) == ({"zh_CN": ("保障措施关税",)}, {"zh_CN": ("保护关税",)})


HIDDEN = '<!DOCTYPE martif [<!ENTITY a "ha">]><martif>&a;</martif>'
HOSTILE = {
    "a declaration in UTF-16": f"<?xml version='1.0' encoding='utf-16'?>{HIDDEN}".encode("utf-16"),
    "a declaration in GB 18030": f"<?xml version='1.0' encoding='gb18030'?>{HIDDEN}".encode("gb18030"),
    "a declaration that only UTF-7 shows": b"<?xml version='1.0' encoding='utf-7'?>" + HIDDEN.encode("utf-7"),
    "an unknown encoding": b"<?xml version='1.0' encoding='x-none'?><martif/>",
    "another encoding than declared": b"<?xml version='1.0' encoding='gb18030'?>" + b"<martif>\xff</martif>",
    "no text encoding": b"<?xml version='1.0' encoding='hex'?><martif/>",
    "depth": b"<martif>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</martif>",
    "a text without end": b"<martif><a>" + b"a" * 10_100_000 + b"</a></martif>",
    "cut off": b"<martif><text>\n<body>",
    "an entity that nobody declared": b"<martif>&lol;</martif>",
    "a null": b"<martif>\0</martif>",
    "another document": b"<html/>",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused_with_place_and_remedy(data):
    with pytest.raises(SanwenError) as caught:
        martif.read(data, "x.tbx")
    assert caught.value.file == "x.tbx"
    assert isinstance(caught.value.place, int)
    assert caught.value.place > 0
    assert caught.value.remedy
