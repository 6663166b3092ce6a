"""What each finding weighs, in bits, and from where on two records are one party."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from sanctions_tracker.matching import Comparison, How, TokenEvidence
from sanctions_tracker.model.vocabulary import PartyClass
from sanctions_tracker.names.skeleton import skeleton_of
from sanctions_tracker.parties.findings import Level
from sanctions_tracker.parties.forms import data_rows

#: What a name that fits says, in bits for a word of weight 1 (see ``matching.weights``): of persons one in 256 has
#: it, of others one in 512. A rare family name says more, a name of a chain less.
_PERSONS_WORD, _OTHERS_WORD = 8.0, 9.0

#: Each consonant beyond the fourth adds this share: Mostotrest says more than Plasma.
_LONGER, _LONG = 0.15, 4

#: What share of its bits a name says by its score, in straight lines between; below the first names contradict.
_FITS = ((0.70, 0.25), (0.82, 0.6), (0.90, 0.85), (0.95, 1.0))
CONTRADICTING = -10.0

#: From this score on two names are one name, written differently at most.
ONE_NAME = 0.95

#: A word that is this alike is met; what two words say that stand in each other's place and are unlike.
_MET = 0.6
_CONTRADICTED_WORD = -9.0

#: What one more name says that both bear, and how many of them count (UK and UN: m .81, u .0001, 13 bits; OFAC and
#: EU: 10 bits; set low, for aliases hang together); what a weak alias says that both bear (8 bits; they only support).
SHARED_ALIAS, MOST_ALIASES = 4.0, 2
WEAK_ALIAS = 2.0

#: How unlikely it is, before anything is known, that two records are one party: bits.
PRIOR_PERSON, PRIOR_OTHER = -14.0, -7.0

#: From so many bits on two records are the same party, or possibly so.
SAME_FROM, POSSIBLE_FROM = 4.0, -4.0


#: Ships and aircraft change their flags: another country says nothing.
_REFLAGGED = frozenset({PartyClass.VESSEL, PartyClass.AIRCRAFT})


@lru_cache(maxsize=1)
def _table() -> dict[Level, tuple[float, float]]:
    return {Level(row["level"]): (float(row["persons"]), float(row["others"])) for row in data_rows("bits")}


def bits_of(level: Level, party_class: PartyClass) -> float:
    """The bits of a finding on two records of a class."""
    if level is Level.COUNTRY_DIFFERENT and party_class in _REFLAGGED:
        return 0.0
    persons, others = _table()[level]
    return persons if party_class is PartyClass.PERSON else others


def prior(party_class: PartyClass) -> float:
    """The bits before anything is known."""
    return PRIOR_PERSON if party_class is PartyClass.PERSON else PRIOR_OTHER


@lru_cache(maxsize=65536)
def _consonants(word: str) -> int:
    return len(skeleton_of(word.replace(" ", "")).translate({ord("w"): None, ord("y"): None}))


def said_by(weight: float, word: str) -> float:
    """How much a word of this weight says: more where it is long."""
    return weight * (1 + _LONGER * max(0, _consonants(word) - _LONG))


def _met(one: TokenEvidence) -> float:
    """How much a pair of words says: as much as the one that says less."""
    weight = one.weight / (2 - one.similarity)
    if one.how is How.CONCEPT:
        return weight * one.similarity
    return min(said_by(weight, one.left), said_by(weight, one.right)) * one.similarity


def _contradicted(comparison: Comparison) -> float:
    """The weight of words that stand in each other's place and are unlike."""
    alone = [one for one in comparison.evidence if one.how is How.UNMATCHED]
    left, right = (sum(one.weight for one in alone if bool(one.left) is side) for side in (True, False))
    unlike = (one for one in comparison.evidence if one.how is not How.UNMATCHED and one.similarity < _MET)
    return min(left, right) + sum(one.weight / (2 - one.similarity) for one in unlike)


def _a_word(party_class: PartyClass) -> float:
    return _PERSONS_WORD if party_class is PartyClass.PERSON else _OTHERS_WORD


def _share(score: float) -> float:
    """What share of its bits a name says, 0 to 1, from the least score on."""
    for (below, low), (above, high) in pairwise(_FITS):
        if score < above:
            return low + (high - low) * (score - below) / (above - below)
    return 1.0


def name_bits(comparison: Comparison, party_class: PartyClass) -> float:
    """The bits of two names: how alike they are, by how much they say. Mohammed Ali says little."""
    if comparison.score < _FITS[0][0]:
        return CONTRADICTING
    met = (one for one in comparison.evidence if one.how is not How.UNMATCHED and one.similarity >= _MET)
    said = _a_word(party_class) * _share(comparison.score) * sum(map(_met, met))
    return max(CONTRADICTING, said + _CONTRADICTED_WORD * _contradicted(comparison))


def most_bits(information: float, party_class: PartyClass) -> float:
    """The most bits that a name can say whose words say so much (see `said_by`)."""
    return _a_word(party_class) * information
