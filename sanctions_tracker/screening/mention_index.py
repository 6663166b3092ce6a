"""Listed names filed under their rarest word, so that a word of a text leads to few of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import attrs

from sanctions_tracker.matching.comparison import folded_name
from sanctions_tracker.names.particles import Role
from sanctions_tracker.names.script import has_letter_or_digit
from sanctions_tracker.names.tokens import Token, joinable, tokens_of
from sanctions_tracker.screening.mention_keys import joined_keys, meaning_keys, word_keys
from sanctions_tracker.screening.mention_rules import is_telling, weighty

#: The one kind that is taken apart in another way.
PERSON = "person"
#: How many words without weight may stand between those of a name.
_SLACK = 3

#: Particles that are part of a mention where they are part of the name.
_HELD = frozenset({Role.ARTICLE, Role.KUNYA, Role.NASAB, Role.TITLE, Role.LEGAL_FORM, Role.INITIAL})


@attrs.frozen(eq=False)
class Listed:
    """A name as it is looked for.

    ``needed`` holds for each weighty word the keys by which it may be met,
    ``particles`` how often each particle stands in it, ``span`` how many words
    may lie between its first and its last; ``positions`` are the places of the
    names given that are taken apart into these tokens, the first written ``text``.
    """

    text: str
    tokens: tuple[Token, ...]
    kind: str | None
    positions: tuple[int, ...]
    needed: tuple[frozenset[str], ...]
    particles: Mapping[tuple[Role, str], int]

    @property
    def span(self) -> int:
        """How many words the name may take in a text."""
        return len(self.tokens) + _SLACK


def particle_key(token: Token) -> tuple[Role, str]:
    """By what a particle of a text is known in a name."""
    return token.role, token.key or token.text


def _needed(tokens: tuple[Token, ...]) -> tuple[frozenset[str], ...]:
    words = weighty(tokens)
    found = {id(word): word_keys(word) | meaning_keys(word.concepts) for word in words}
    for left, right in pairwise(joinable(tokens)):
        both = joined_keys(word_keys(left), word_keys(right))
        for one in (left, right):
            if id(one) in found:
                found[id(one)] |= both
    return tuple(found[id(word)] for word in words)


def _listed(text: str, tokens: tuple[Token, ...], kind: str | None, positions: Sequence[int]) -> Listed:
    held = Counter(particle_key(token) for token in tokens if token.role in _HELD)
    return Listed(text, tokens, kind, tuple(positions), _needed(tokens), held)


def listed_names(names: Sequence[str], kinds: Sequence[str | None]) -> list[Listed]:
    """The names that can be recognised in a text; those that are the same after folding are one."""
    places: dict[tuple[tuple[Token, ...], str | None], list[int]] = {}
    for position, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        if has_letter_or_digit(name):
            of_kind = PERSON if kind == PERSON else None
            places.setdefault((tokens_of(folded_name(name), of_kind), of_kind), []).append(position)
    return [
        _listed(names[positions[0]], tokens, kind, positions)
        for (tokens, kind), positions in places.items()
        if is_telling(tokens)
    ]


def filed(names: Iterable[Listed]) -> dict[str, list[Listed]]:
    """Each name under the keys of that of its words whose keys the fewest names have."""
    known = tuple(names)
    bearers = Counter(key for one in known for keys in one.needed for key in keys)
    found: defaultdict[str, list[Listed]] = defaultdict(list)
    for one in known:
        rarest = min(one.needed, key=lambda keys: sum(bearers[key] for key in keys))
        for key in rarest:
            found[key].append(one)
    return dict(found)
