"""Which names of two records agree best, found without comparing each with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from sanctions_tracker.matching import Comparison
from sanctions_tracker.matching.comparison import compared
from sanctions_tracker.model.vocabulary import PartyClass
from sanctions_tracker.parties.bits import name_bits
from sanctions_tracker.parties.profile import ComparedName, Profile

#: So many pairs of names are compared with care, those that look most alike. How alike they look (0..1) is the share
#: of words in common, or the ratio of their sketches; below the least, no pair but that of the primary names is
#: compared. Of a record so many names are held against all of the other by their sketches.
_CAREFULLY, _SKETCHED = 3, 6
_LOOKS_ALIKE = 0.6

NamePair = tuple[ComparedName, ComparedName]


def shared_names(left: Profile, right: Profile) -> list[NamePair]:
    """The strong names whose words are the same, in whatever order; those that say most first."""
    pairs = [(left.bags[bag], right.bags[bag]) for bag in left.bags.keys() & right.bags.keys()]
    return sorted(pairs, key=lambda pair: (-pair[0].information, pair[0].bag))


def _by_words(left: Profile, right: Profile) -> dict[NamePair, float]:
    """Pairs of names with words in common -> the share of all their words."""
    bearers: defaultdict[str, list[ComparedName]] = defaultdict(list)
    for name in right.strong:
        for word in name.words:
            bearers[word].append(name)
    shared: Counter[NamePair] = Counter()
    for name in left.strong:
        for word in name.words:
            shared.update((name, other) for other in bearers.get(word, ()))
    return {pair: 2 * count / (len(pair[0].words) + len(pair[1].words)) for pair, count in shared.items()}


def _by_sketch(left: Profile, right: Profile) -> Iterator[tuple[NamePair, float]]:
    """The names of the record that has fewer, each with the one of the other whose sketch is most like it."""
    fewer, more = sorted((left, right), key=lambda side: (len(side.strong), side.record.sort_key()))
    sketches = [name.sketch for name in more.strong]
    for name in sorted(fewer.strong, key=lambda name: (-name.information, name.text))[:_SKETCHED]:
        found = extractOne(name.sketch, sketches, scorer=ratio, score_cutoff=100 * _LOOKS_ALIKE)
        if found:
            other = more.strong[found[2]]
            yield (name, other) if fewer is left else (other, name), found[1] / 100


def _candidates(left: Profile, right: Profile, shared: list[NamePair]) -> list[NamePair]:
    """The pairs of names that look most alike, an equal one first."""
    looks = _by_words(left, right)
    for pair, alike in _by_sketch(left, right):
        looks[pair] = max(alike, looks.get(pair, 0.0))
    likely = [pair for pair, alike in looks.items() if alike >= _LOOKS_ALIKE]
    # Of pairs that look equally alike the one that says more.
    likely.sort(key=lambda pair: (-looks[pair], -pair[0].information, *sorted((pair[0].text, pair[1].text))))
    return list(dict.fromkeys([*shared[:1], *likely[:_CAREFULLY]])) or [(left.strong[0], right.strong[0])]


def best_names(left: Profile, right: Profile, of: PartyClass, enough: float) -> tuple[Comparison, float] | None:
    """The two strong names that say most for one party of that class, with their bits; None where a side has none.

    The search ends where the same words say ``enough`` bits.
    """
    if not (left.strong and right.strong):
        return None
    shared = shared_names(left, right)
    if shared:
        best = _compared(*shared[0], of)
        if best[1] >= enough:
            return best
    pairs = [_compared(*pair, of) for pair in _candidates(left, right, shared)]
    return max(pairs, key=lambda one: (one[1], one[0].score, *sorted((one[0].left, one[0].right))))


def _compared(left: ComparedName, right: ComparedName, of: PartyClass) -> tuple[Comparison, float]:
    comparison = compared(left.text, right.text, left.tokens, right.tokens)
    return comparison, name_bits(comparison, of)


def weak_alias(left: Profile, right: Profile) -> tuple[str, ...] | None:
    """The words of a name that both bear and that one of them, or both, has as a weak alias."""
    bags = [{name.bag for name in side.strong} for side in (left, right)]
    found = (left.weak & right.weak) | (left.weak & bags[1]) | (right.weak & bags[0])
    return min(found, default=None)
