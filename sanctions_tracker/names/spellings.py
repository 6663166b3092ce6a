"""Which Latin spellings an Arabic-script word is known to have, and how often.

Sound alone cannot tell Nasr (نصر) from Nasser (ناصر), nor know that Omar and
Umar are one name (عمر) while Amr (عمرو) is another. Pairs of names that somebody
wrote in both scripts can. The table is learned by ``tools/learn_names.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

import attrs

#: A Latin spelling's share of a word's occurrences counts this many times when the word has several spellings.
_SEVERAL_SPELLINGS = 2.0
#: The least kinship of two words that were seen as one.
_SEEN = 0.3


@attrs.frozen(eq=False)
class Spellings:
    """Words of both scripts, each with those it was seen as in the other script, and how often.

    Words are the ``core`` of a :class:`~sanctions_tracker.names.tokens.Token`.
    """

    latin_of: Mapping[str, Mapping[str, int]]
    arabic_of: Mapping[str, Mapping[str, int]]
    seen: Mapping[str, int]

    def kinship(self, left: str, right: str) -> float | None:
        """How far two different words are known as one, 0..1; None unless both were seen at all. Symmetric.

        Across scripts it is the share of one word's occurrences that the other makes up; within one script
        the share that both have in common of the words of the other script.
        """
        if left not in self.seen or right not in self.seen:
            return None
        if left in self.latin_of and right in self.arabic_of:
            return self._across(left, right)
        if right in self.latin_of and left in self.arabic_of:
            return self._across(right, left)
        parents = self.latin_of if left in self.latin_of else self.arabic_of
        return self._within(parents[left], parents[right], self.seen[left], self.seen[right])

    def _across(self, arabic: str, latin: str) -> float:
        times = self.latin_of[arabic].get(latin, 0)
        if not times:
            return 0.0
        share = max(times / self.seen[latin], _SEVERAL_SPELLINGS * times / self.seen[arabic])
        return min(1.0, _SEEN + share)

    @staticmethod
    def _within(left: Mapping[str, int], right: Mapping[str, int], left_seen: int, right_seen: int) -> float:
        shared = left.keys() & right.keys()
        return sum(min(left[word] / left_seen, right[word] / right_seen) for word in shared)

    def kin(self, word: str) -> frozenset[str]:
        """Every word that has any kinship with this one, itself included."""
        across = self.latin_of.get(word) or self.arabic_of.get(word) or {}
        back = self.arabic_of if word in self.latin_of else self.latin_of
        return frozenset((word, *across, *(other for seen in across for other in back[seen])))


@lru_cache(maxsize=1)
def spellings() -> Spellings:
    """The table ``data/spellings.tsv``, read on first use.

    A row holds an Arabic-script word and its Latin spellings, each with the
    number of times it was seen; the first line says where they come from.
    """
    latin_of: dict[str, dict[str, int]] = {}
    arabic_of: defaultdict[str, dict[str, int]] = defaultdict(dict)
    text = resources.files(__package__).joinpath("data/spellings.tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        arabic, _, spelt = line.partition("\t")
        latin_of[arabic] = {latin: int(times) for latin, _, times in (one.partition(":") for one in spelt.split())}
    for arabic, spelt_so in latin_of.items():
        for latin, times in spelt_so.items():
            arabic_of[latin][arabic] = times
    seen = {word: sum(others.values()) for table in (latin_of, arabic_of) for word, others in table.items()}
    return Spellings(latin_of, dict(arabic_of), seen)
