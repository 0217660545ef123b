"""Writing a translation into a Word paragraph."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.formats._docx_xml import Dialect, escape, join, subtree
from pipeline.model import Locale, Unit
from pipeline.text import tags
from pipeline.text.tags import Role

_CHINESE = re.compile(r"[\u2e80-\uffef\U00020000-\U0003ffff]|^[^A-Za-z]*[“”‘’…—·][^A-Za-z]*$")
# The fonts for running Chinese text that Word brings along.
_FONTS = {"zh-Hans": "SimSun", "zh-Hant": "PMingLiU"}


class Renderer:
    """Renders targets in one member's dialect.

    A unit's slice of the XML begins and ends either within a run's text or between runs. A mark's markup leads from
    within text to within text, and ends by beginning a run; which formatting that run has depends on where the
    translator put the mark, so it is replaced by that of the tag around it.
    """

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        prefix = re.escape(dialect.prefix)
        self._milestone = re.compile(
            rf"<{prefix}(?:(?:bookmark|commentRange|perm)(?:Start|End)|(?P<reference>commentReference))\b[^>]*/>"
        )

    def unit(self, unit: Unit) -> str:
        """A unit's target in place of its slice of the XML."""
        target = " ".join(unit.target.split())
        # a hyphen that does not break begins by closing the text that it stands in
        outside_before = unit.raw.startswith("<") and not unit.raw.startswith(("<!", f"</{self.dialect.prefix}t>"))
        outside_after = bool(re.search(r"</[^<>]*>\Z", unit.raw))
        base = self._base(unit)
        milestones = self._milestones(unit)
        out = []
        if outside_before:
            out.append(base)
        elif unit.source.startswith("<") and tags.split(unit.source)[0].role is Role.OPEN:
            out += [self.dialect.close, base]
        out.append(self._content(unit, target, base))
        if milestones:
            out += [self.dialect.close, milestones, "" if outside_after else base]
        elif outside_after:
            out.append(self.dialect.close)
        return "".join(out)

    def _milestones(self, unit: Unit) -> str:
        """The bookmarks and comments among a unit's text, but those that its marks hold."""
        markup = "".join(mark.open + (mark.close or "") for mark in unit.marks)
        held = Counter(match[0] for match in self._milestone.finditer(markup))
        kept = []
        for match in self._milestone.finditer(unit.raw):
            if held[match[0]]:
                held[match[0]] -= 1
            else:
                kept.append(self._kept(match))
        return "".join(kept)

    def _kept(self, match: re.Match[str]) -> str:
        """What a bookmark or comment needs to live on at the end of the translation."""
        run = f"{self.dialect.prefix}r>"
        return f"<{run}{match[0]}</{run}" if match["reference"] else match[0]

    def _base(self, unit: Unit) -> str:
        """The beginning of a run in the formatting of the unit's own text."""
        if unit.marks:
            first = unit.marks[0]
            return self._tail(first.close or first.open)
        tags_of_raw = self.dialect.tokens(unit.raw)
        text = next((place for place, tag in enumerate(tags_of_raw) if tag.name == "t" and tag.opens), 0)
        run = next((place for place in range(text, -1, -1) if tags_of_raw[place].name == "r"), text)
        if tags_of_raw[run + 1 : run + 2] and tags_of_raw[run + 1].name == "rPr":
            return self.dialect.reopen(join(tags_of_raw[run + 1 : subtree(tags_of_raw, run + 1)]))
        return self.dialect.reopen("")

    def _tail(self, markup: str) -> str:
        return markup[markup.rindex(f"<{self.dialect.prefix}r>") :]

    def _content(self, unit: Unit, target: str, base: str) -> str:
        marks = {mark.name: mark for mark in unit.marks}
        level = [base]
        out = []
        for piece in tags.split(target):
            mark = marks.get(piece.name)
            if mark is None or piece.role is Role.TEXT:
                out.append(escape(piece.text))
            elif piece.role is Role.OPEN:
                out.append(mark.open)
                level.append(self._tail(mark.open))
            else:
                markup = mark.open
                if piece.role is Role.CLOSE:
                    level.pop()
                    markup = mark.close or ""
                out += [markup[: -len(self._tail(markup))], level[-1]]
        return "".join(out)


class Finisher:
    """Tidies the paragraphs that translations went into: empty runs, white space, language and fonts."""

    def __init__(self, dialect: Dialect, locale: Locale | None) -> None:
        self.prefix = dialect.prefix
        self.locale = locale
        prefix = re.escape(dialect.prefix)
        self._run = re.compile(rf"<{prefix}r(?:\s[^>]*)?>(?:(?!<{prefix}r[\s>]).)*?</{prefix}r>", re.DOTALL)
        self._empty = re.compile(
            rf"<{prefix}r(?:\s[^>]*)?>(?:<{prefix}rPr/>|<{prefix}rPr>(?:(?!</?{prefix}rPr).)*</{prefix}rPr>)?"
            rf"(?:<{prefix}t(?:\s[^>]*)?></{prefix}t>)+</{prefix}r>",
            re.DOTALL,
        )
        self._text = re.compile(rf"<{prefix}t(?P<attributes>\s[^>]*)?>(?P<text>[^<]*)</{prefix}t>")
        self._properties = re.compile(rf"<{prefix}rPr(?:/>|>(?P<inside>.*)</{prefix}rPr>)", re.DOTALL)

    def paragraph(self, xml: str) -> str:
        """Tidy the XML of a paragraph."""
        return self._run.sub(lambda match: self._finished(match[0]), self._empty.sub("", xml))

    def _finished(self, run: str) -> str:
        texts = self._text.findall(run)
        run = self._text.sub(self._keeping_space, run)
        if self.locale is not None and any(_CHINESE.search(text) for _, text in texts):
            return self._east_asian(run, self.locale)
        return run

    def _keeping_space(self, match: re.Match[str]) -> str:
        attributes, text = match["attributes"] or "", match["text"]
        if text == text.strip() or "xml:space" in attributes:
            return match[0]
        return f'<{self.prefix}t{attributes} xml:space="preserve">{text}</{self.prefix}t>'

    def _east_asian(self, run: str, locale: Locale) -> str:
        """Say that a run is Chinese: else Word takes its quotation marks from a Western font, and proofreads it so."""
        start = run.index(">") + 1
        match = self._properties.match(run, start)
        inside = (match["inside"] or "") if match else ""
        changed = f"<{self.prefix}rPr>{self._with_font(self._with_language(inside, locale), locale)}</{self.prefix}rPr>"
        return run[:start] + changed + run[match.end() if match else start :]

    def _with_language(self, inside: str, locale: Locale) -> str:
        code = locale.code.replace("_", "-")
        prefix = self.prefix
        current, old = self._split_change(inside)
        match = re.search(rf"<{re.escape(prefix)}lang\b([^>]*?)/>", current)
        if match:
            kept = re.sub(rf"\s+{re.escape(prefix)}eastAsia=(?:\"[^\"]*\"|'[^']*')", "", match[1])
            new = f'<{prefix}lang{kept} {prefix}eastAsia="{code}"/>'
            return f"{current[: match.start()]}{new}{current[match.end() :]}{old}"
        later = re.search(rf"<{re.escape(prefix)}(?:eastAsianLayout|specVanish|oMath)\b", current)
        place = later.start() if later else len(current)
        return f'{current[:place]}<{prefix}lang {prefix}eastAsia="{code}"/>{current[place:]}{old}'

    def _with_font(self, inside: str, locale: Locale) -> str:
        prefix = self.prefix
        font = next(font for tag, font in _FONTS.items() if locale.tag.startswith(tag) or tag == "zh-Hant")
        new = f'{prefix}hint="eastAsia" {prefix}eastAsia="{font}"'
        current, old = self._split_change(inside)
        match = re.search(rf"<{re.escape(prefix)}rFonts\b([^>]*?)/>", current)
        if match:
            dropped = rf"\s+{re.escape(prefix)}(?:hint|eastAsia|eastAsiaTheme)=(?:\"[^\"]*\"|'[^']*')"
            kept = re.sub(dropped, "", match[1])
            return f"{current[: match.start()]}<{prefix}rFonts{kept} {new}/>{current[match.end() :]}{old}"
        style = re.match(rf"\s*<{re.escape(prefix)}rStyle\b[^>]*/>", current)
        place = style.end() if style else 0
        return f"{current[:place]}<{prefix}rFonts {new}/>{current[place:]}{old}"

    def _split_change(self, inside: str) -> tuple[str, str]:
        """Properties, and the record of a tracked change to them, which holds others."""
        place = inside.find(f"<{self.prefix}rPrChange")
        return (inside, "") if place < 0 else (inside[:place], inside[place:])
