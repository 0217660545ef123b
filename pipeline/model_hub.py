"""Models of transformers, from the Hugging Face hub or a folder: their weights, and their names for the languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import SanwenError

FAMILIES = ("marian", "m2m_100", "mbart")  # values of a configuration's model_type; NLLB is m2m_100
SPECIAL = frozenset({"</s>", "<s>", "<pad>", "<unk>"})

# English and Simplified Chinese, by the tokenizer's class.
_NAMES = {
    "NllbTokenizer": ("eng_Latn", "zho_Hans"),
    "M2M100Tokenizer": ("en", "zh"),
    "MBart50Tokenizer": ("en_XX", "zh_CN"),
    "MBartTokenizer": ("en_XX", "zh_CN"),
}
# A Marian model of several target languages wants one of these before the source; by falling preference.
_MARIAN = (">>cmn_Hans<<", ">>zho_Hans<<", ">>cmn<<", ">>zho<<", ">>zh<<")


def load_weights(where: str, **options: Any) -> Any:
    """A sequence-to-sequence model in evaluation mode, by `from_pretrained` with `options`.

    Code that comes with a model is not run. Raises SanwenError if it is of another family or weights are missing
    (transformers would make them up at random), and whatever transformers raises.
    """
    import transformers  # noqa: PLC0415 - seconds, and torch

    config = transformers.AutoConfig.from_pretrained(where, trust_remote_code=False, **_revision(options))
    if config.model_type not in FAMILIES:
        raise SanwenError(
            f"a model of the family '{config.model_type}'", file=where, remedy=f"Known: {', '.join(FAMILIES)}"
        )
    model, report = transformers.AutoModelForSeq2SeqLM.from_pretrained(
        where, trust_remote_code=False, output_loading_info=True, **options
    )
    wrong = [*report["missing_keys"], *report["mismatched_keys"]]
    if wrong:
        raise SanwenError(
            f"{len(wrong)} of the model's weights are missing or of another shape, {wrong[0]} among them",
            file=where,
            remedy="Fetch or install the model again",
        )
    return model.eval()


def _revision(options: dict[str, Any]) -> dict[str, Any]:
    return {"revision": options["revision"]} if "revision" in options else {}


@dataclass(frozen=True, slots=True)
class Languages:
    """How texts are marked. `marks` are all tokens of a tokenizer that stand for nothing in a text."""

    tag: str = ""  # written before every source
    lead: tuple[int, ...] = ()  # token ids before every target
    marks: frozenset[str] = SPECIAL


def set_languages(tokenizer: Any, source: str = "", target: str = "") -> Languages:
    """Set a tokenizer to translate from `source` to `target`, English and Simplified Chinese if empty.

    Raises SanwenError if it does not know them.
    """
    codes: Sequence[str] = getattr(tokenizer, "supported_language_codes", None) or ()
    marks = SPECIAL | {*tokenizer.all_special_tokens, *codes}
    kind = type(tokenizer).__name__.removesuffix("Fast")
    if kind in _NAMES:
        source, target = source or _NAMES[kind][0], target or _NAMES[kind][1]
        ids = [_known(tokenizer, source), _known(tokenizer, target)]
        tokenizer.src_lang, tokenizer.tgt_lang = source, target
        return Languages("", (ids[1],), marks | {*tokenizer.convert_ids_to_tokens(ids)})
    wanted = (f">>{target.strip('<>')}<<",) if target else _MARIAN
    found = [code for code in wanted if code in codes]
    if target and not found:
        raise _unknown(target, codes)
    return Languages(f"{found[0]} " if found else "", (), marks)


def _known(tokenizer: Any, language: str) -> int:
    get = getattr(tokenizer, "get_lang_id", None)
    try:
        id_ = get(language) if get else tokenizer.convert_tokens_to_ids(language)
    except KeyError:
        id_ = None
    if id_ is None or id_ == tokenizer.unk_token_id:
        raise _unknown(language, tokenizer.all_special_tokens)
    return int(id_)


def _unknown(language: str, known: Sequence[str]) -> SanwenError:
    some = ", ".join(sorted(known)[:12])
    return SanwenError(f"the model does not know the language '{language}'", remedy=f"It knows, among others: {some}")
