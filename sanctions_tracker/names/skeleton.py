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
from itertools import groupby
from typing import TYPE_CHECKING, NewType

import attrs

from sanctions_tracker.names.tables import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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

#: What must hold behind a grapheme that depends on its place.
_CONTEXTS = {
    "any": "",
    "start": "(?<=^{0})",
    "end": r"(?<=.{0})(?=~|\Z)",
    "before_front": "(?=[eiy])",
    "before_consonant": "(?![aeiouyw])",
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


@attrs.frozen
class _Spelling:
    """The table ``data/spelling.tsv``, made ready for one pass over a word.

    ``pattern`` finds the graphemes. Those that depend on their place are its groups, whose sounds are
    ``placed``; ``anywhere`` has the sounds of the others. It leaves out letters that are their own
    sound, and ``letters``, which are put for their sounds afterwards. ``starts`` and ``ends`` sound
    otherwise at the beginning of a word, and at its end with something before them.
    """

    pattern: re.Pattern[str]
    placed: tuple[str, ...]
    anywhere: dict[str, str]
    letters: dict[int, str]
    starts: tuple[str, ...]
    ends: frozenset[str]

    def heard(self, found: re.Match[str]) -> str:
        """The sounds of what the pattern found."""
        return self.placed[found.lastindex - 1] if found.lastindex else self.anywhere[found.group()]


@lru_cache(maxsize=1)
def _spelling() -> _Spelling:
    table = rows("spelling")
    letters = {row["grapheme"]: row["sounds"] for row in table if _is_put_last(row)}
    found = [row for row in table if not _is_put_last(row) and row["grapheme"] != row["sounds"]]
    # The longest and most particular first, among those of one first letter.
    found.sort(key=lambda row: (row["grapheme"][0], -len(row["grapheme"]), row["where"] == "any"))
    return _Spelling(
        pattern=re.compile("|".join(_alternatives(found))),
        placed=tuple(row["sounds"] for row in found if row["where"] != "any"),
        anywhere={row["grapheme"]: row["sounds"] for row in found if row["where"] == "any"},
        letters=str.maketrans(letters),
        starts=tuple(row["grapheme"] for row in table if row["where"] == "start"),
        ends=frozenset(row["grapheme"] for row in table if row["where"] == "end"),
    )


def _is_put_last(row: dict[str, str]) -> bool:
    """Whether a grapheme is one letter that no sound is written with, wherever it stands."""
    letter = row["grapheme"]
    return row["where"] == "any" and len(letter) == 1 and not letter.isascii() and letter not in sounds()


def _alternatives(found: Iterable[dict[str, str]]) -> Iterator[str]:
    """A pattern for the graphemes of each first letter: a letter that begins none is passed over quickly."""
    for first, group in groupby(found, key=lambda row: row["grapheme"][0]):
        yield f"{re.escape(first)}(?:{'|'.join(map(_behind_first, group))})"


def _behind_first(row: dict[str, str]) -> str:
    grapheme = row["grapheme"]
    pattern = re.escape(grapheme[1:]) + _CONTEXTS[row["where"]].format(re.escape(grapheme))
    return pattern if row["where"] == "any" else f"({pattern})"


@lru_cache(maxsize=1)
def _onsets() -> frozenset[str]:
    return frozenset(sign for sign, sound in sounds().items() if sound.kind == "vowel" or sign == "ʿ")


@lru_cache(maxsize=131072)
def _heard(part: str, arabic: bool, inside: bool) -> str:  # noqa: FBT001  (names cost time, and it is called for every word)
    """The sounds of a word, or of the second of two words read as one, repeated ones once."""
    spelling = _spelling()
    if inside and not part.startswith(spelling.starts) and part not in spelling.ends:
        return _heard(part, arabic, False)  # noqa: FBT003
    written = spelling.pattern.sub(spelling.heard, SEAM + part if inside else part)
    if not part.isascii():
        written = written.translate(spelling.letters)
    return (_ARABIC_REPEATED if arabic else _LATIN_REPEATED).sub(_once, written)


def _once(found: re.Match[str]) -> str:
    return found.group(1)


def _parts(word: str) -> list[str]:
    """The sounds of a word, of each part between its seams, behind the sign of a vowel onset.

    Two parts that meet: Arabic script writes a sound twice that ends the one and begins the other.
    But for weak letters and an article's lam, and Latin names keep to that (Amin Nazar is اميننظر).
    """
    word = word[:MAX_WORD_LETTERS]
    arabic = "\u0600" <= word[:1] <= "\u06ff"
    first, *others = word.split(SEAM)
    heard, last = [_heard(first, arabic, False)], ""  # noqa: FBT003
    for part in others:  # met again and again, in other company
        last = heard[-1][-1:] or last
        sounds = _heard(part, arabic, True)  # noqa: FBT003
        heard.append(sounds[1:] if last == sounds[:1] and last in _ARABIC_SINGLE else sounds)
    onset = heard[0][:1] or "".join(heard)[:1]
    return [_VOWEL_ONSET, *heard] if onset in _onsets() else heard


@lru_cache(maxsize=131072)
def sounds_of(word: str) -> Sounds:
    """The sounds of a folded word; repeated ones count once; letters of unknown scripts stay as they are.

    >>> sounds_of("lockheed"), sounds_of("لوكهيد")
    ('lokhīd', 'lWkhYd')
    """
    return Sounds("".join(_parts(word)))


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
def _features(sounds: str) -> str:
    return sounds.translate(_feature_signs())


@lru_cache(maxsize=131072)
def features_of(word: str) -> Features:
    """The skeleton of a folded word with each consonant as the three signs of ``data/sounds.tsv``.

    >>> features_of("bab"), features_of("pap")
    ('LBbLBb', 'LBpLBp')
    """
    if SEAM not in word:
        return Features(sounds_of(word).translate(_feature_signs()))
    return Features("".join(map(_features, _parts(word))))  # a part is met again and again, in other company
