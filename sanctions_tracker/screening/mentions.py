"""Listed names inside running text.

Each word of the text leads to the names whose rarest word it may be
(``mention_index``); where the other words of such a name stand near by, the
words from the first to the last of them are compared with it. What counts as
found is stricter than for a name alone (``mention_rules``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import takewhile

import attrs

from sanctions_tracker.matching.comparison import Comparison, compared
from sanctions_tracker.names.concepts import concept_spans, expanded
from sanctions_tracker.names.folding import Folded
from sanctions_tracker.names.particles import Role, particle_of
from sanctions_tracker.names.tokens import MAX_TOKENS, Token, tokens_of
from sanctions_tracker.screening.mention_index import Listed, filed, listed_names
from sanctions_tracker.screening.mention_keys import (
    ABD,
    is_meaning,
    joined_keys,
    keys_of,
    near_meaning_keys,
    without_ending,
)
from sanctions_tracker.screening.mention_rules import (
    is_met,
    is_one_body,
    is_telling,
    is_telling_alone,
    least_score,
    means_one_body,
    weighty,
)
from sanctions_tracker.screening.mention_words import Reading, Word, words_of

#: Words of a phrase of one meaning: the longest of the tables has fewer.
_LONGEST_MEANING = 8
#: A particle that stands before or behind a name is looked for this far from it.
_FARTHEST = 3
#: With one of these a name of one word is a name of two (General Dynamics).
_TELLING = frozenset({Role.TITLE, Role.KUNYA})


@attrs.frozen
class FoundName:
    """One place of a text where one listed name, or several alike, are met.

    ``text[start:end]`` is the mention as written, without a conjunction or a
    possessive ending that is no part of it. ``positions`` are the places of the
    names in the sequence given to the finder, best first; ``comparisons`` tell
    of each how it was met: ``left`` is the mention, ``right`` the listed name.
    """

    start: int
    end: int
    positions: tuple[int, ...]
    comparisons: tuple[Comparison, ...]

    @property
    def score(self) -> float:
        """The best score, 0 to 1."""
        return self.comparisons[0].score


@attrs.frozen(eq=False)
class _Met:
    """A name met by the words ``first`` to ``last`` of the text."""

    first: int
    last: int
    start: int
    end: int
    name: Listed
    comparison: Comparison


class _Text:
    """The words of a text, and by which keys each leads to names.

    ``keys[i]`` holds the keys of word ``i``; ``reach[i]`` tells which of them it
    has together with its neighbours only, and with which: the first and the last.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)
        self.keys: list[set[str]] = [set() for _ in self.words]
        self.reach: list[dict[str, tuple[int, int]]] = [{} for _ in self.words]
        self._add_joined()
        self._add_meanings()
        self._add_sounds()
        self.cased_from = self._first_capital()

    def _add(self, keys: Iterable[str], first: int, last: int) -> None:
        """Keys that several words have together, or one by its meaning; the longest phrase of a meaning counts."""
        for place in range(first, last + 1):
            self.keys[place].update(keys)
            for key in keys:
                known = self.reach[place].get(key, (0, -1))
                self.reach[place][key] = max(known, (first, last), key=lambda reach: reach[1] - reach[0])

    def _add_joined(self) -> None:
        """Two words that may be one, an article between them passed over (Abd al Rahman)."""
        for place, left in enumerate(self.words):
            other = place + 1 + self._is_article(place + 1)
            if other < len(self.words) and self.words[other].phrase == left.phrase and self.words[other].readings:
                second = keys_of(self.words[other].readings[0].text)
                for reading in left.readings:
                    self._add(joined_keys(keys_of(without_ending(reading.text)), second), place, other)

    def _is_article(self, place: int) -> bool:
        known = particle_of(self.words[place].readings[0].text) if self._has_readings(place) else None
        return known is not None and known.role is Role.ARTICLE

    def _has_readings(self, place: int) -> bool:
        return place < len(self.words) and bool(self.words[place].readings)

    def _add_meanings(self) -> None:
        for place, word in enumerate(self.words):
            following = self._following(place)
            for reading in word.readings:
                self._add_meanings_of(place, reading.text, following)

    def _add_meanings_of(self, place: int, word: str, following: list[str]) -> None:
        """The meanings of the phrases that begin with a word, or that an acronym stands for."""
        whole = expanded([word])
        for span in concept_spans([*whole, *following]):
            if span.start >= len(whole):
                break
            self._add(near_meaning_keys(span.concepts), place, place + max(0, span.stop - len(whole)))

    def _add_sounds(self) -> None:
        for place, word in enumerate(self.words):
            for reading in word.readings:
                alone = keys_of(reading.text) if not _is_filler(reading.text) else frozenset()
                self.keys[place] |= alone
                for key in alone & self.reach[place].keys():
                    del self.reach[place][key]

    def _following(self, place: int) -> list[str]:
        """The words as written behind this one, to the end of the phrase."""
        near = self.words[place + 1 : place + _LONGEST_MEANING]
        phrase = self.words[place].phrase
        return [word.readings[0].text for word in takewhile(lambda word: word.readings and word.phrase == phrase, near)]

    def _first_capital(self) -> int:
        """The first phrase with a capital letter in it: from there on a name is written with capitals."""
        return next((word.phrase for word in self.words if word.capital), len(self.words))

    def met(self, needed: frozenset[str], place: int) -> tuple[int, int]:
        """The first and the last word by which a needed word is met at ``place``: the word alone where that will do."""
        reach = self.reach[place]
        spans = [reach.get(key, (place, place)) for key in needed & self.keys[place]]
        meant = [reach[key] for key in needed & reach.keys() if is_meaning(key)]
        return max(meant, key=_length) if meant else min(spans, key=_length)

    def opens_phrase(self, place: int) -> bool:
        """Whether a word is the first of its phrase, where everything is written with a capital."""
        return place == 0 or self.words[place - 1].phrase != self.words[place].phrase


def _is_filler(word: str) -> bool:
    known = particle_of(word)
    return known is not None and known.role is Role.FILLER


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


class _Search:
    """The search of one text for the names of an index."""

    def __init__(self, text: str, names: dict[str, list[Listed]], threshold: float) -> None:
        self._text = _Text(text)
        self._names = names
        self._least = least_score(threshold)

    def found(self) -> Iterator[_Met]:
        for place, keys in enumerate(self._text.keys):
            around = self._around(place)
            led_to = {id(name): name for key in keys for name in self._names.get(key, ())}
            for name in led_to.values():
                if not any(needed.isdisjoint(around) for needed in name.needed):
                    yield from self._met(name, place)

    def _around(self, place: int) -> set[str]:
        """The keys of all words of the phrase that may be of one name with a word."""
        keys = self._text.keys
        return set().union(*(keys[at] for at in self._near(place, MAX_TOKENS)))

    def _met(self, name: Listed, place: int) -> Iterator[_Met]:
        tried: set[tuple[int, int]] = set()
        for near in self._orders(place, name.span):
            places = self._places(name, near)
            window = self._with_particles(name, min(places), max(places)) if places else None
            if window and window not in tried and self._may_be(name, places, *window):
                tried.add(window)
                yield from self._compared(name, *window)

    def _orders(self, place: int, span: int) -> Iterator[list[int]]:
        """The places near by, nearest first; then those ahead before those behind, and the other way round."""
        near = self._near(place, span)
        yield near
        yield sorted(near, key=place.__gt__)
        yield sorted(near, key=place.__lt__)

    def _places(self, name: Listed, near: Sequence[int]) -> set[int]:
        """Where each weighty word of the name may be met, the first of ``near``; nothing unless each of them may."""
        keys = self._text.keys
        found: set[int] = set()
        for needed in name.needed:
            met = [at for at in near if not needed.isdisjoint(keys[at])]
            if not met:
                return set()
            first, last = self._text.met(needed, next((at for at in met if at not in found), met[0]))
            found.update(range(first, last + 1 + self._is_abd(last)))
        return found if max(found) - min(found) < name.span + len(found) - len(name.needed) else set()

    def _is_abd(self, place: int) -> bool:
        """Whether a name begins with a word that is none without the next (Abd al-Hadi)."""
        words = self._text.words[place : place + 2]
        together = len(words) > 1 and words[0].phrase == words[1].phrase
        return together and any(without_ending(one.text) == ABD for one in words[0].readings)

    def _near(self, place: int, span: int) -> list[int]:
        """The places of the phrase, nearest first, that are no farther away than ``span`` words."""
        words = self._text.words
        near = range(max(0, place - span), min(len(words), place + span + 1))
        same = [at for at in near if words[at].phrase == words[place].phrase]
        return sorted(same, key=lambda at: abs(at - place))

    def _with_particles(self, name: Listed, first: int, last: int) -> tuple[int, int]:
        """The window with the particles of the name that stand before and behind it."""
        words = self._text.words
        left = Counter(name.particles)
        for word in words[first : last + 1]:
            left.subtract(self._particles(word))
        phrase = words[first].phrase
        for step in (-1, 1):
            edge = first if step < 0 else last
            for at in range(edge + step, edge + step * (_FARTHEST + 1), step):
                held = self._particles(words[at]) if 0 <= at < len(words) and words[at].phrase == phrase else []
                one = next((key for key in held if left[key] > 0), None)
                if one is None:
                    break
                left[one] -= 1
                first, last = min(first, at), max(last, at)
        return first, last

    @staticmethod
    def _particles(word: Word) -> list[tuple[Role, str]]:
        known = (particle_of(reading.text) for reading in word.readings)
        return [(one.role, one.key) for one in known if one]

    def _may_be(self, name: Listed, places: set[int], first: int, last: int) -> bool:
        """Whether the letters' case allows a name here, and whether it is more than one common word."""
        words = self._text.words
        if any(map(self._is_lower, places)):
            return False
        if min(len(places), len(name.needed)) > 1:
            return True
        if is_one_body(name.tokens):
            return means_one_body(
                [one.readings[0].text for one in words[min(places) : max(places) + 1] if one.readings]
            )
        if len(places) > 1:
            return False
        if first < last and any(
            role in _TELLING for key in map(self._particles, words[first : last + 1]) for role, _ in key
        ):
            return True
        return self._may_be_alone(weighty(name.tokens)[0], *places)

    def _is_lower(self, place: int) -> bool:
        """Whether a word is written small that would be a name's with a capital."""
        word = self._text.words[place]
        return word.capital is False and word.phrase >= self._text.cased_from and not self._particles(word)

    def _may_be_alone(self, token: Token, place: int) -> bool:
        readings = self._text.words[place].readings
        return self._stands_alone(place) and all(is_telling_alone(token, one.text) for one in readings)

    def _stands_alone(self, place: int) -> bool:
        """Whether no word beside it seems to be of the same name."""
        words = self._text.words
        before = words[place].beside and self._is_named(place - 1)
        behind = place + 1 < len(words) and words[place + 1].beside and self._is_named(place + 1)
        return not (before or behind)

    def _is_named(self, place: int) -> bool:
        word = self._text.words[place]
        return bool(word.capital) and not self._text.opens_phrase(place) and not self._particles(word)

    def _compared(self, name: Listed, first: int, last: int) -> Iterator[_Met]:
        inner = [self._chosen(name, word) for word in self._text.words[first + 1 : last + 1]]
        if None in inner:
            return
        tried = [self._one(name, first, last, [start, *inner]) for start in self._text.words[first].readings]
        best = max(filter(None, tried), key=lambda met: (met.comparison.score, met.start), default=None)
        if best is not None:
            yield best

    @staticmethod
    def _chosen(name: Listed, word: Word) -> Reading | None:
        """The reading by which a word is met, as written if there is none."""
        by_sound = (one for one in word.readings if any(not keys_of(one.text).isdisjoint(keys) for keys in name.needed))
        return next(by_sound, next(iter(word.readings), None))

    def _one(self, name: Listed, first: int, last: int, readings: Sequence[Reading | None]) -> _Met | None:
        chosen = [one for one in readings if one is not None]
        start, end = chosen[0].start, chosen[-1].end
        tokens = tokens_of(Folded(" ".join(one.text for one in chosen)), name.kind)
        if not is_telling(tokens):
            return None
        comparison = compared(self._text.text[start:end], name.text, tokens, name.tokens)
        met = comparison.score >= self._least and is_met(comparison, alone=len(name.needed) == 1 or first == last)
        return _Met(first, last, start, end, name, comparison) if met else None


def _apart(found: Iterable[_Met]) -> list[list[_Met]]:
    """The longest mentions first, those inside another left out; names met by the same words together."""
    ranked = sorted(found, key=lambda met: (met.first - met.last, -met.comparison.score, met.first, met.name.positions))
    kept: list[list[_Met]] = []
    starts: list[int] = []
    for met in ranked:
        at = bisect_left(starts, met.first)
        if at < len(kept) and (kept[at][0].first, kept[at][0].last) == (met.first, met.last):
            if met.name is not kept[at][-1].name:
                kept[at].append(met)
            continue
        before = at > 0 and kept[at - 1][0].last >= met.first
        behind = at < len(kept) and kept[at][0].first <= met.last
        if not (before or behind):
            kept.insert(at, [met])
            starts.insert(at, met.first)
    return kept


def _found(together: Sequence[_Met]) -> FoundName:
    best: dict[int, Comparison] = {}
    for met in together:
        for position in met.name.positions:
            best.setdefault(position, met.comparison)
    return FoundName(together[0].start, together[0].end, tuple(best), tuple(best.values()))


class MentionFinder:
    """Finds many names in texts; made on the first search, then immutable.

    ``kinds[i]`` is as in `compare` for ``names[i]``: ``"person"`` or another
    word of the model, or None. A name that says too little to be recognised in
    running text (``Ali``, ``The Office``, a number) is never found.

    >>> finder = MentionFinder(["Lockheed Martin", "Chevron"], [None, None])
    >>> text = "شركات كبيرة مثل لوكهيد مارتن وشيفرون"
    >>> [(text[one.start : one.end], one.positions) for one in finder.find(text, threshold=0.82)]
    [('لوكهيد مارتن', (0,)), ('شيفرون', (1,))]
    """

    def __init__(self, names: Sequence[str], kinds: Sequence[str | None]) -> None:
        if len(names) != len(kinds):
            message = f"there must be a kind for each name: {len(names)} names, {len(kinds)} kinds"
            raise ValueError(message)
        self._names = tuple(names)
        self._kinds = tuple(kinds)

    def __repr__(self) -> str:
        return f"<MentionFinder of {len(self._names)} names>"

    @cached_property
    def _filed(self) -> dict[str, list[Listed]]:
        return filed(listed_names(self._names, self._kinds))

    def find(self, text: str, *, threshold: float) -> tuple[FoundName, ...]:
        """The mentions of names in ``text``, in its order, none inside or across another.

        ``threshold`` (above 0, at most 1) is that for a name alone; a window of
        words must score higher (see ``mention_rules.least_score``). Never
        raises, whatever the text.
        """
        return tuple(map(_found, _apart(_Search(text, self._filed, threshold).found())))
