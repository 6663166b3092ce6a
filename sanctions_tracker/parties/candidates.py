"""Which pairs of records are worth comparing: by shared numbers and by shared words, across scripts.

Whatever decides on a pair is worked out from the two lists that it lies
between, so that a further list changes nothing for the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log2

from sanctions_tracker.model.vocabulary import PartyClass
from sanctions_tracker.parties.profile import Profile

#: Of each record so many of another list are compared, those that share the most.
CLOSEST = 5

#: A word that more records of the other list bear leads to nobody alone.
_MOST_BEARERS = 400

#: A name that so many records of the other list bear tells nobody apart.
_MOST_NAMESAKES = 12

#: What a birth of the same year, or a country, adds to the words in common (bits).
_BORN, _TIED = 3.0, 1.0

#: The least that two must have in common, in bits of rarity, and the least share of a name's words. One word of
#: several is enough only with a birth or a country in common.
_LEAST, _LEAST_SHARE = 6.0, 0.4

Pair = tuple[int, int]


class _Bearers:
    """The records of one series by the numbers, words and ids that lead to them."""

    def __init__(self, members: Sequence[int], profiles: Sequence[Profile]) -> None:
        self.by_number: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self.by_word: defaultdict[str, list[int]] = defaultdict(list)
        self.by_name: defaultdict[frozenset[str], list[int]] = defaultdict(list)
        for at in members:
            for number in profiles[at].numbers:
                self.by_number[number].append(at)
            for word in {word for name in profiles[at].strong for word in name.words}:
                self.by_word[word].append(at)
            for words in {name.words for name in profiles[at].strong}:
                self.by_name[words].append(at)
        self.count = len(members)

    def rarity(self, word: str) -> float:
        """How much a word in common tells, in bits: from how many records of the list it is one."""
        return log2((self.count + 1) / len(self.by_word[word]))


def _compatible(left: PartyClass, right: PartyClass) -> bool:
    return left is right or PartyClass.UNKNOWN in {left, right}


def candidates(profiles: Sequence[Profile]) -> list[Pair]:
    """Positions of records to compare, each pair once, the lesser first; sorted."""
    series: defaultdict[str, list[int]] = defaultdict(list)
    for at, profile in enumerate(profiles):
        series[profile.record.publisher].append(at)
    bearers = {name: _Bearers(members, profiles) for name, members in series.items()}
    found: set[Pair] = set()
    for members in series.values():
        found.update(_within(members, profiles))
    for here, members in series.items():
        for there, others in bearers.items():
            if here != there:
                for at in members:
                    found.update((min(at, other), max(at, other)) for other in _closest(at, profiles, others))
    return sorted(found)


def _within(members: Sequence[int], profiles: Sequence[Profile]) -> Iterator[Pair]:
    """Records of one series: those of one id, and those that share a number."""
    groups: defaultdict[object, list[int]] = defaultdict(list)
    for at in members:
        groups[profiles[at].record.target.id].append(at)
        for number in profiles[at].numbers:
            groups[number].append(at)
    for group in groups.values():
        for place, left in enumerate(group):
            for right in group[place + 1 :]:
                yield min(left, right), max(left, right)


def _closest(at: int, profiles: Sequence[Profile], others: _Bearers) -> Iterable[int]:
    """The records of another series that share a number or a whole name with one, and those that share most words."""
    profile = profiles[at]
    yield from {other for number in profile.numbers for other in others.by_number.get(number, ())}
    yield from _namesakes(profile, profiles, others)
    ranked: list[tuple[float, int]] = []
    for other, (bits, alone) in _shared(profile, others).items():
        if _compatible(profile.party_class, profiles[other].party_class):
            aside = _aside(profile, profiles[other])
            if bits + aside >= _LEAST and (aside or not alone):
                ranked.append((-bits - aside, other))
    ranked.sort(key=lambda one: (one[0], profiles[one[1]].record.sort_key()))
    yield from (other for _, other in ranked[:CLOSEST])


def _namesakes(profile: Profile, profiles: Sequence[Profile], others: _Bearers) -> Iterator[int]:
    for words in {name.words for name in profile.strong}:
        namesakes = others.by_name.get(words, ())
        if len(namesakes) <= _MOST_NAMESAKES:
            yield from (other for other in namesakes if _compatible(profile.party_class, profiles[other].party_class))


def _shared(profile: Profile, others: _Bearers) -> dict[int, tuple[float, bool]]:
    """How many bits of words each other record shares with a name of this one, and whether it is one word of several.

    The best of its names; what it shares counts by the share of the name.
    """
    best: dict[int, tuple[float, bool]] = {}
    for words in {name.words for name in profile.strong}:
        here: dict[int, tuple[float, int]] = {}
        for word in words:
            bearers = others.by_word.get(word, ())
            if bearers and len(bearers) <= _MOST_BEARERS:
                rarity = others.rarity(word)
                for other in bearers:
                    bits, count = here.get(other, (0.0, 0))
                    here[other] = bits + rarity, count + 1
        for other, (bits, count) in here.items():
            share = count / len(words)
            if share >= _LEAST_SHARE and bits * share > best.get(other, (0.0, False))[0]:
                best[other] = bits * share, count == 1 < len(words)
    return best


def _aside(profile: Profile, other: Profile) -> float:
    born = _BORN if not profile.years.isdisjoint(other.years) else 0.0
    tied = _TIED if not profile.particulars.countries.isdisjoint(other.particulars.countries) else 0.0
    return born + tied
