"""Numbers below a hundred in Chinese characters: 12 is 十二."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def han(value: int) -> str:
    """`value`, 0 to 99, as it is read. Raises IndexError for more."""
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def counted(value: int) -> str:
    """The same before what is counted: 两个, not 二个."""
    return "两" if value == 2 else han(value)
