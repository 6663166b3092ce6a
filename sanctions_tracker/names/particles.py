"""Words of a name that say little about who bears it, and which of them mean the same."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

import attrs

from sanctions_tracker.names.folding import fold
from sanctions_tracker.names.tables import rows


class Role(StrEnum):
    """What a word does in a name."""

    NAME = "name"
    INITIAL = "initial"
    ARTICLE = "article"
    NASAB = "nasab"
    KUNYA = "kunya"
    TITLE = "title"
    LEGAL_FORM = "legal_form"
    FILLER = "filler"


@attrs.frozen
class Particle:
    """What is known of one such word.

    ``key`` is the same for words of one meaning (``bin`` and ``بن`` are ``son``),
    so that they meet across scripts and languages.
    """

    form: str
    role: Role
    key: str
    source: str


@lru_cache(maxsize=1)
def _particles() -> dict[str, Particle]:
    known = (Particle(fold(row["form"]), Role(row["class"]), row["key"], row["source"]) for row in rows("particles"))
    return {particle.form: particle for particle in known}


def particle_of(word: str) -> Particle | None:
    """What ``data/particles.tsv`` knows of a folded word, or None.

    >>> particle_of("bin").key == particle_of("بن").key == "son"
    True
    """
    return _particles().get(word)


@lru_cache(maxsize=1)
def _phrase_openings() -> frozenset[str]:
    return frozenset(form.split(" ")[0] for form in _particles() if " " in form)


def opens_phrase(word: str) -> bool:
    """Whether a folded word may begin a particle of two words.

    >>> opens_phrase("حجت"), opens_phrase("الاسلام")
    (True, False)
    """
    return word in _phrase_openings()
