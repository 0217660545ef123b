"""All runs of Chinese characters of a corpus, numbered and counted; which are shared, and which are parts."""

from collections.abc import Iterator

import numpy as np

LONGEST = 9  # characters of a translation
# a translation neither begins nor ends with these
LOOSE = frozenset("的了在和是与及或、就都也很有为把被对从向到这那其一不中上以等们个·")
# a run of which so large a share, so often at least, stands within one longer run is its part
SAME_WORD, OFTEN = 0.9, 4


class Runs:
    """All runs of 2 to LONGEST Chinese characters of the targets, numbered and counted, by 64-bit hashes."""

    def __init__(self, targets: list[str]) -> None:
        """Number them and count them."""
        self.text = "\n".join(targets) + "\n"
        codes = np.frombuffer(self.text.encode("utf-32-le"), np.uint32).astype(np.uint64)
        self.end = np.flatnonzero(codes == ord("\n"))
        self.start = np.concatenate([[0], self.end[:-1] + 1])
        han = ((codes >= 0x4E00) & (codes <= 0x9FFF)) | (codes == ord("·"))
        whole, number = han.copy(), (codes + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        self.number, self.count = {}, {}
        for n in range(2, LONGEST + 1):
            longer = np.zeros_like(number)
            longer[:-1] = (number[:-1] ^ (number[:-1] >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
            longer[: 1 - n] += (codes[n - 1 :] + np.uint64(7)) * np.uint64(0x9E3779B97F4A7C15)
            still = np.zeros_like(whole)
            still[: 1 - n] = whole[: 1 - n] & han[n - 1 :]
            number, whole = longer, still
            _, ids, self.count[n] = np.unique(number[whole], return_inverse=True, return_counts=True)
            self.number[n] = np.full(len(codes), -1, np.int32)
            self.number[n][whole] = ids

    def target(self, sentence: int) -> str:
        """The text of one target."""
        return self.text[self.start[sentence] : self.end[sentence]]

    def shared(
        self, sentences: np.ndarray, taken: np.ndarray | None, least: float
    ) -> Iterator[tuple[int, int, int, int]]:
        """Runs that `least` of the sentences have or more: place and length, in how many, and how often in the corpus.

        `taken` marks the characters of these sentences, one after the other, that no run may hold.
        """
        at = np.concatenate([np.arange(self.start[i], self.end[i]) for i in sentences])
        before = None if taken is None else np.concatenate([[0], np.cumsum(np.append(taken, [0] * LONGEST))])
        for n, numbers in self.number.items():
            ids = numbers[at]
            free = ids >= 0
            if before is not None:
                free &= before[n : n + len(at)] == before[: len(at)]
            found, first, count = np.unique(ids[free], return_index=True, return_counts=True)
            kept = count >= least
            for place, seen, total in zip(at[free][first[kept]], count[kept], self.count[n][found[kept]], strict=True):
                yield int(place), n, min(int(seen), len(sentences)), int(total)

    def whole(self, place: int, n: int) -> str:
        """The run at a place with the neighbours without which it hardly ever stands: `尔干` is a part of `巴尔干`."""
        total = self.count[n][self.number[n][place]]
        while n < LONGEST:
            for start in (place - 1, place):
                longer = self.number[n + 1][start]
                edge = self.text[start if start < place else start + n]
                if longer >= 0 and edge not in LOOSE and self.count[n + 1][longer] >= max(SAME_WORD * total, OFTEN):
                    place, n = start, n + 1
                    break
            else:
                break
        return self.text[place : place + n]
