"""What an engine adds to a name or an office that it was given: `爱沙尼亚州外长`, `安哥拉·外长`, `副总理·何立峰`.

Small models go on with an annotated name as with others that they know: a state of some country, a person's first
name. Where the source goes on with a common word, the dot goes; and 州, unless the source speaks of a state.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_DOT, _STATE = "·", "州"
_HAN = "[\u4e00-\u9fff]"
_NEXT = re.compile(r"(?:['’]s?)?[\s,]*([A-Za-z][\w.]*)?")
_REGIONS = re.compile(r"\b(?:states?|statewide|provinc\w+|oblasts?|region\w*|count(?:y|ies)|district\w*|federal)\b")
_LEAST = 2  # characters of the source that are told from a letter that belongs there
_COMPOUNDS = "长長议議界际際级級立府内內政法权權民"  # 州长, 州议会, 州际: a governor, an assembly, between states


def without_dot(target: str, forms: Sequence[str]) -> str:
    """`target` without a dot behind the `forms` of what is no name: `副总理·何立峰`."""
    if _DOT in target:
        for form in forms:
            target = target.replace(form + _DOT, form)
    return target


def without_source(target: str, written: str, forms: Sequence[str]) -> str:
    """`target` without what a term begins with as `written` in the source, before its form: R-肯塔基州共和党人."""
    if written[:_LEAST] not in target:
        return target
    for form in forms:
        for size in range(len(written), _LEAST - 1, -1):
            target = target.replace(written[:size] + form, form)
    return target


def without_attached(target: str, source: str, end: int, forms: Sequence[str]) -> str:
    """`target` without what is attached to the `forms` of a name that ends at `source[end]`."""
    following = _NEXT.match(source, end)
    if following and following[1] and not following[1].islower():
        return target  # a first name and a surname, or a name in two parts
    for form in forms:
        if form + _DOT not in target and form + _STATE not in target:
            continue
        if any(other != form and other.startswith(form) for other in forms):
            continue  # 加利福尼亚 of 加利福尼亚州
        name = re.escape(form)
        target = re.sub(f"({name}){_DOT}(?={_HAN})", r"\1", target)
        if not form.endswith(_STATE) and not _REGIONS.search(source):
            target = re.sub(f"({name}){_STATE}(?![{_COMPOUNDS}])", r"\1", target)
    return target
