"""How a word sounds, in signs that Arabic and Latin script share.

Three writings of one folded word, each coarser than the last:

* *sounds*: every letter or digraph by its sound, vowels included;
* *skeleton*: consonants and the weak vowels w and y, near sounds told apart;
* *features*: each consonant as three signs, of which near sounds share two and
  distant ones one or none, so that a plain edit distance weighs nearness.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NewType

import attrs

from sanctions_tracker.names.tables import rows

#: One character a sound, as listed in ``data/sounds.tsv``.
Sounds = NewType("Sounds", str)
#: The consonants and weak vowels of a word.
Skeleton = NewType("Skeleton", str)
#: A skeleton with each consonant written as three signs.
Features = NewType("Features", str)

#: Parts two letters that are not one sound; has no sound itself.
SEAM = "~"

#: Letters of a word beyond this are not looked at; the longest names in use
#: (Malagasy, Sinhalese) have fewer than 40.
MAX_WORD_LETTERS = 48

_CONTEXTS = {
    "any": "{0}",
    "start": "^{0}",
    "end": "(?<=.){0}(?=~|$)",
    "before_front": "{0}(?=[eiy])",
    "before_consonant": "{0}(?![aeiouyw])",
}

#: Latin script doubles letters freely; Arabic script doubles in speech only, so
#: that two letters are two sounds, but for weak letters and an article's lam.
_LATIN_REPEATED = re.compile(r"(.)\1+")
_ARABIC_SINGLE = "WYl"
_ARABIC_REPEATED = re.compile(rf"([{_ARABIC_SINGLE}])\1+")

#: Stands before a word that begins with a vowel or ayn, in whichever script.
_VOWEL_ONSET = "°"

#: Which sounds a skeleton keeps, under which sign. Long vowels are weak letters.
_WEAK = {"W": "w", "w": "w", "ū": "w", "ō": "w", "u": "w", "o": "w", "Y": "y", "ỹ": "y", "y": "y", "ī": "y", "ē": "y"}
_WEAK |= {"i": "y", "ì": "y"}


@attrs.frozen
class Sound:
    """One row of ``data/sounds.tsv``: costs in 0..1, ``features`` three signs or fewer."""

    sign: str
    kind: str
    drop_cross: float
    drop_same: float
    features: str


@lru_cache(maxsize=1)
def sounds() -> dict[str, Sound]:
    """Every sound by its sign."""
    return {
        row["sound"]: Sound(
            row["sound"], row["kind"], float(row["drop_cross"]), float(row["drop_same"]), row["features"]
        )
        for row in rows("sounds")
    }


@lru_cache(maxsize=1)
def _spelling() -> tuple[re.Pattern[str], tuple[str, ...], dict[str, str]]:
    """A pattern of all graphemes, longest and most particular first.

    Those that depend on their place are its groups, whose sounds come second;
    the sounds of the others, by the grapheme, come third.
    """
    ordered = sorted(rows("spelling"), key=lambda row: (-len(row["grapheme"]), row["where"] == "any"))
    anywhere = {row["grapheme"]: row["sounds"] for row in ordered if row["where"] == "any"}
    placed = tuple(row["sounds"] for row in ordered if row["where"] != "any")
    return re.compile("|".join(map(_alternative, ordered))), placed, anywhere


def _alternative(row: dict[str, str]) -> str:
    pattern = _CONTEXTS[row["where"]].format(re.escape(row["grapheme"]))
    return pattern if row["where"] == "any" else f"({pattern})"


@lru_cache(maxsize=1)
def _onsets() -> frozenset[str]:
    return frozenset(sign for sign, sound in sounds().items() if sound.kind == "vowel" or sign == "ʿ")


@lru_cache(maxsize=131072)
def _heard(part: str, *, arabic: bool, inside: bool) -> str:
    """The sounds of a word, or of the second of two words read as one, repeated ones once."""
    pattern, placed, anywhere = _spelling()
    written = pattern.sub(
        lambda found: placed[found.lastindex - 1] if found.lastindex else anywhere[found.group()],
        SEAM + part if inside else part,
    )
    return (_ARABIC_REPEATED if arabic else _LATIN_REPEATED).sub(_once, written)


def _once(found: re.Match[str]) -> str:
    return found.group(1)


def _met(left: str, right: str) -> str:
    """The sounds of two words read as one: Arabic script writes a sound twice that ends the one and begins the other.

    But for weak letters and an article's lam, and Latin names keep to that (Amin Nazar is اميننظر).
    """
    return left + right[1:] if left[-1:] == right[:1] and right[:1] in _ARABIC_SINGLE else left + right


@lru_cache(maxsize=131072)
def sounds_of(word: str) -> Sounds:
    """The sounds of a folded word; repeated ones count once; letters of unknown scripts stay as they are.

    >>> sounds_of("lockheed"), sounds_of("لوكهيد")
    ('lokhīd', 'lWkhYd')
    """
    word = word[:MAX_WORD_LETTERS]
    arabic = "\u0600" <= word[:1] <= "\u06ff"
    first, *others = word.split(SEAM)
    heard = _heard(first, arabic=arabic, inside=False)
    for part in others:  # met again and again, in other company
        heard = _met(heard, _heard(part, arabic=arabic, inside=True))
    return Sounds(_VOWEL_ONSET + heard if heard[:1] in _onsets() else heard)


@lru_cache(maxsize=1)
def _skeleton_signs() -> dict[int, str]:
    kept = {sign: _WEAK.get(sign, sign) if sound.features else "" for sign, sound in sounds().items()}
    return str.maketrans(kept)


@lru_cache(maxsize=131072)
def skeleton_of(word: str) -> Skeleton:
    """The consonants and weak vowels of a folded word.

    >>> skeleton_of("hossein") == skeleton_of("hussain")
    True
    """
    return Skeleton(sounds_of(word).translate(_skeleton_signs()))


@lru_cache(maxsize=1)
def _feature_signs() -> dict[int, str]:
    return str.maketrans({sign: sound.features for sign, sound in sounds().items()})


@lru_cache(maxsize=131072)
def features_of(word: str) -> Features:
    """The skeleton of a folded word with each consonant as the three signs of ``data/sounds.tsv``.

    >>> features_of("bab"), features_of("pap")
    ('LBbLBb', 'LBpLBp')
    """
    return Features(sounds_of(word).translate(_feature_signs()))
