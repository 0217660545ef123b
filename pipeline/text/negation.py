"""A negation of the English that the Chinese has in no form: `no earthquake activity` as 地震活动.

Small models lose them, and the sentence then says the opposite, fluently. Only what negates by grammar is looked for
(not, no, never, nor, none, without ...). Idioms that do not negate (*no doubt*, *not only*, *not less than five*) are
left out, and so is *not ... until*, which Chinese says without (到……才). On the other side any word with a negating
sense will do (拒绝, 禁止, 以外): what is asked is whether one is there at all.
"""

from __future__ import annotations

import re

_NT = r"\b\w{1,9}n['’]t"
_CUE = re.compile(
    r"(?<![\w’-])(?<!\w')(?:not|never|cannot|no(?: one)?|neither|nor|nobody|nothing|nowhere|none|without)(?![\w-])"
    rf"|{_NT}\b",
    re.IGNORECASE,
)
_NOT = rf"(?:\bnot|\bcannot|{_NT})"
_CANNOT = r"\b(?:cannot|can['’]t|could(?: not|n['’]t))"
_IDIOMS = (
    r"\bno\.? ?\d",  # No. 10
    r"\bno,",  # an answer: what it answers is negated as well, or nothing is
    r"\bno (?:matter|doubt|wonder|question|other than|less|fewer|later than|sooner than|earlier than|more than)\b",
    r"\b(?:in|next to) no time\b",
    rf"{_NOT} (?:less|fewer|more|later|sooner|earlier)(?: \w+)? than\b",
    rf"{_NOT} (?:only|just|merely|simply|solely|least|to mention|for nothing|surprising(?:ly)?)\b",
    rf"{_CANNOT} (?:but|help|wait|agree more|be (?:more|better|worse|\w{{1,12}}er))\b|{_NOT} hesitate\b",
    r"\b(?:or|if|why) not\b",
    r"\bnothing (?:but|less|short of|more than)\b|\bnone (?:other|the)\b|\bsecond to none\b|\bnever cease",
    r"\bwithout (?:a )?(?:doubt|question|saying|exception)\b",
    rf"{_NT} (?:it|you|we|they|he|she|i|there)\b",  # a question that expects a yes
    rf"{_NOT}\b[^.;:!?]{{0,200}}\b(?:until|till)\b",
)
_IDIOM = re.compile("|".join(_IDIOMS), re.IGNORECASE)

# Words with a negating sense, and those in which the character has none
_NEGATES = re.compile(
    "[不没沒無无未非勿莫别別否毫免缺拒禁难難休]|以外|之外|除外|徒劳|徒勞|停止|反对|反對|放弃|放棄|失去|暂缓|暫緩|只有|才(?![能华華干幹智])"
)
_NEUTRAL = re.compile(
    "不(?:[断斷过過久少禁仅僅光]|同(?![，。；、！？]))|[无無](?:[论論线線锡錫]|人[机機])|非(?:[常洲盟])|未来|未來"
    "|[特分区區级級个個][别別]|[别別]人|除[了非]|[是能可与與]否|否[则則]|没收|沒收|淹没|淹沒|埋没|埋沒|出没|出沒"
    "|莫(?:斯科|[迪桑里森尔爾雷])|[难難]民|人才"
)


def negations(source: str) -> list[tuple[int, int]]:
    """Where the English `source` negates: the spans of its negating words, idioms left out."""
    bare = _IDIOM.sub(lambda idiom: " " * len(idiom[0]), source)
    return [cue.span() for cue in _CUE.finditer(bare)]


def negated(target: str) -> bool:
    """Whether the Chinese `target`, in either script, has a word with a negating sense."""
    return bool(_NEGATES.search(_NEUTRAL.sub(" ", target)))


def lost(source: str, target: str) -> list[tuple[int, int]]:
    """The negations of `source` if `target` has none at all; else nothing.

    That one of several is lost is not told: Chinese often says two with one.
    """
    found = negations(source)
    return [] if not found or negated(target) else found
