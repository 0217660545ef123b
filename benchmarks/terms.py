"""Translate documents to Hong Kong Chinese with a term list, the way an editor would: as a glossary over nothing else.

    terms.py DOCS.jsonl TERMS.json|none OUT.jsonl

DOCS has one object a line with `en`; TERMS is an object from English terms to their forms in Traditional Chinese. OUT
gets one object a line with `zh`, paragraphs as in the source.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from pipeline.config import find
from pipeline.desk import Desk
from pipeline.glossary.fmt import write
from pipeline.lines import LineTranslator
from pipeline.model import Term


def main() -> None:
    """Translate and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("terms", help="a JSON file, or 'none'")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    documents = [json.loads(line)["en"] for line in options.docs.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        glossaries: tuple[str, ...] = ()
        if options.terms != "none":
            forms = json.loads(Path(options.terms).read_text(encoding="utf-8"))
            terms = [Term(s.strip(), {"zh_HK": tuple(dict.fromkeys(t.strip() for t in f))}) for s, f in forms.items()]
            file = Path(folder) / "terms.csv"
            file.write_bytes(write([t for t in terms if t.source and all(t.targets["zh_HK"])]))
            glossaries = (str(file),)
        desk = Desk(find(Path(folder)), glossaries=glossaries, own_glossary=False)
        translate = LineTranslator(desk, desk.locale("zh_HK"), cached=False)
        start = time.process_time()
        options.out.parent.mkdir(parents=True, exist_ok=True)
        with options.out.open("w", encoding="utf-8") as out:
            for text in documents:
                zh = "\n".join(translate(text.split("\n")))
                out.write(json.dumps({"zh": zh}, ensure_ascii=False) + "\n")
        words = sum(len(d.split()) for d in documents)
        seconds = time.process_time() - start
    sys.stdout.write(f"{len(documents)} documents, {words} words, {words / seconds:.0f} words a CPU-second\n")


if __name__ == "__main__":
    main()
