"""How much a word of a name says."""

from __future__ import annotations

from functools import lru_cache

from sanctions_tracker.names.concepts import class_of
from sanctions_tracker.names.folding import fold
from sanctions_tracker.names.particles import Role
from sanctions_tracker.names.skeleton import Sounds, skeleton_of, sounds, sounds_of
from sanctions_tracker.names.tables import rows
from sanctions_tracker.names.tokens import Token, name_token

#: What a particle weighs, beside 1.0 for a rare name. An article says nothing;
#: a title or legal form almost nothing; a kunya (Abu Bakr, Umm Qasr) is half a name.
#: Chosen by hand, from what screening rules of the trade leave out.
_PARTICLE_WEIGHTS = {
    Role.ARTICLE: 0.0,
    Role.FILLER: 0.0,
    Role.LEGAL_FORM: 0.02,
    Role.TITLE: 0.04,
    Role.NASAB: 0.05,
    Role.KUNYA: 0.25,
    Role.INITIAL: 0.2,
}

#: What a word with a meaning weighs by the class of the meaning: the kind of an
#: organisation says less than its trade or place, and a rare proper name most.
#: Chosen by hand on the development half of the name benchmark.
_CONCEPT_WEIGHTS = {
    "legal_form": 0.05,
    "organ": 0.4,
    "person_role": 0.5,
    "quality": 0.5,
    "state": 0.55,
    "commerce": 0.55,
    "charity": 0.55,
    "ideology": 0.6,
    "military": 0.7,
    "direction": 0.7,
    "ordinal": 0.7,
    "place": 0.8,
    "people": 0.8,
}

#: A name of this many consonants or more says all that a name can.
_FULL_LENGTH = 4
_SHORTEST_WEIGHT = 0.4


@lru_cache(maxsize=1)
def _common() -> dict[str, float]:
    """Skeletons of the commonest words -> weight; one skeleton stands for all spellings, in both scripts."""
    known: dict[str, float] = {}
    for row in rows("common_elements"):
        skeleton = skeleton_of(name_token(fold(row["form"])).core)
        known[skeleton] = min(float(row["weight"]), known.get(skeleton, 1.0))
    return known


@lru_cache(maxsize=1)
def _other_signs() -> frozenset[str]:
    """The signs of all sounds that are no consonants."""
    return frozenset(sign for sign, sound in sounds().items() if sound.kind != "consonant")


def _consonants(word: Sounds) -> int:
    return len(word) - sum(map(_other_signs().__contains__, word))


@lru_cache(maxsize=131072)
def weight_of(token: Token) -> float:
    """How much a word counts, 0..1: particles little, common names less than rare ones, short ones less than long."""
    if token.role in _PARTICLE_WEIGHTS:
        return _PARTICLE_WEIGHTS[token.role]
    if token.concepts:
        return max(_CONCEPT_WEIGHTS[class_of(concept)] for concept in token.concepts)
    length = min(_consonants(sounds_of(token.core)), _FULL_LENGTH) / _FULL_LENGTH
    by_length = _SHORTEST_WEIGHT + (1 - _SHORTEST_WEIGHT) * length
    return min(by_length, _common().get(skeleton_of(token.core), 1.0))
