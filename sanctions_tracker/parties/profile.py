"""What a record is compared by, worked out once: names taken apart, particulars, the numbers that it bears."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

import attrs

from sanctions_tracker.matching.comparison import folded_name
from sanctions_tracker.matching.weights import weight_of
from sanctions_tracker.model.vocabulary import NameStrength, PartyClass
from sanctions_tracker.names.concepts import class_of
from sanctions_tracker.names.particles import Role
from sanctions_tracker.names.skeleton import sounds_of
from sanctions_tracker.names.tokens import Token, tokens_of
from sanctions_tracker.parties.bits import said_by
from sanctions_tracker.parties.forms import without_forms
from sanctions_tracker.parties.numbers import key_of
from sanctions_tracker.parties.particulars import Particulars, particulars_of
from sanctions_tracker.parties.record import Record

#: Consonants that spellings exchange freely, each class under its first sign; h is left out as freely as vowels are.
#: Only for finding pairs to look at: how alike they are is ``matching``'s to say.
_EXCHANGED = ("bp", "fv", "m", "n", "l", "r", "tṭdḍθð", "sṣzẓ", "šçč", "kjžgγqx")
_LEFT_OUT = "hḥẖʰ°ʿłWYỹAåwyaeiìoāuīūēō~|"
_COARSE = str.maketrans({**{sign: signs[0] for signs in _EXCHANGED for sign in signs}, **dict.fromkeys(_LEFT_OUT, "")})

_FORM = "legal_form"
_SAYING = frozenset({Role.NAME, Role.INITIAL})


@lru_cache(maxsize=131072)
def word_keys(token: Token) -> tuple[str, ...]:
    """What a word is looked up by: its meanings where it has any, else its consonants, roughly."""
    if token.concepts:
        return tuple(f"#{concept}" for concept in sorted(token.concepts))
    coarse = sounds_of(token.core).translate(_COARSE)
    return (coarse or token.core,)


@attrs.frozen
class ComparedName:
    """A name taken apart.

    ``bag`` is its words, whatever their order, ``words`` the keys by which they
    are looked up, ``sketch`` these as one text. ``information`` is how much the
    name says (see `bits.said_by`).
    """

    text: str
    tokens: tuple[Token, ...]
    bag: tuple[str, ...]
    words: frozenset[str]
    sketch: str
    information: float

    def __hash__(self) -> int:
        return hash(self.text)


def _says(token: Token) -> bool:
    return token.role in _SAYING and not (token.concepts and all(class_of(one) == _FORM for one in token.concepts))


@lru_cache(maxsize=262144)
def compared_name(text: str, kind: str) -> ComparedName | None:
    """A name as it is compared; ``kind`` is as in `matching.compare`. None where no word says who is meant."""
    folded = folded_name(text)
    tokens = tokens_of(folded if kind == PartyClass.PERSON else without_forms(folded), kind)
    saying = [token for token in tokens if _says(token)]
    if not saying:
        return None
    keys = [word_keys(token) for token in saying]
    return ComparedName(
        text,
        tokens,
        tuple(sorted(token.text for token in saying)),
        frozenset(key for several in keys for key in several),
        " ".join(sorted(several[0] for several in keys)),
        sum(said_by(weight_of(token), token.text) for token in saying),
    )


@attrs.frozen(eq=False)
class Profile:
    """A record in the form in which it is compared.

    ``numbers`` are the families and numbers of its identifiers, ``years`` those
    of its births, as far as known. Names are taken apart when first needed.
    """

    record: Record
    party_class: PartyClass
    particulars: Particulars
    numbers: frozenset[tuple[str, str]]
    years: frozenset[int]

    @property
    def is_person(self) -> bool:
        """Whether it is a person, as far as the list says."""
        return self.party_class is PartyClass.PERSON

    @cached_property
    def strong(self) -> tuple[ComparedName, ...]:
        """The names that the publisher stands by, without those that say nothing of who is meant."""
        return self._names(NameStrength.STRONG)

    @cached_property
    def bags(self) -> Mapping[tuple[str, ...], ComparedName]:
        """The words of the strong names, each with the first name that has them."""
        return {name.bag: name for name in reversed(self.strong)}

    @cached_property
    def weak(self) -> frozenset[tuple[str, ...]]:
        """The words of the weak aliases."""
        return frozenset(name.bag for name in self._names(NameStrength.WEAK))

    def _names(self, strength: NameStrength) -> tuple[ComparedName, ...]:
        texts = dict.fromkeys(name.text for name in self.record.target.names if name.strength is strength)
        names = (compared_name(text, self.party_class.value) for text in texts)
        return tuple(name for name in names if name)


@lru_cache(maxsize=65536)
def profile_of(record: Record) -> Profile:
    """The profile of a record."""
    particulars = particulars_of(record.target)
    keys = (key_of(one) for one in particulars.identifiers)
    return Profile(
        record,
        record.target.kind.counted_as,
        particulars,
        frozenset(key for key in keys if key),
        frozenset(date.year for date in particulars.births if date.year),
    )
