"""A folded name taken apart into words, each with what it does in the name."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

import attrs

from sanctions_tracker.names.folding import Folded
from sanctions_tracker.names.particles import Particle, Role, particle_of

#: Words of a name beyond this are not looked at: the longest name of the OFAC,
#: UN, EU and UK lists has fewer, and the cost of a comparison stays bounded.
MAX_TOKENS = 24

#: Between ``abd`` and the name of God stands an article, written or assimilated
#: or left out: this sign holds its place, and ``skeleton`` lets it fall cheaply.
ARTICLE_SIGN = "|"

#: Parts two letters that are not one sound; has no sound itself.
SEAM = "~"

_ARABIC_ARTICLE = "ال"
_SHORTEST_NAME = 3

#: Abd with an article that may be assimilated (Abdurrahman, Abdessamad), as one
#: Latin word; then as a word of its own before the name (Abdul Rahman).
_LATIN_ABD = re.compile(r"^abd[aeiou]?(?:l|sh(?=sh)|([rsztdn])(?=\1)|(?=sh))(?=.{2})")
_LATIN_ABD_WORD = re.compile(r"^abd(?:[aeiou]?[lrsztdn])?$|^abdu$")
_ARABIC_ABD = re.compile(r"^عبدال?(?=ل?.{2})")
_ARABIC_ABD_WORD = re.compile(r"^عبد(?:ال)?$")


#: Letters that are one sound, or two that happen to meet (Fathi is فتحي).
_DIGRAPH = re.compile(r"(?<=.)([td])(h)(?=.)")

#: The article inside a name of honour written as one word (نورالدين, Nureddin).
_ARABIC_DIN = re.compile(r"(?<=..)ال(?=دين$)")


@attrs.frozen(cache_hash=True)
class Token:
    """One word of a name.

    ``text`` is the folded word as written, ``core`` what of it is compared
    (without the Arabic article), ``readings`` the words whose sounds it may
    have (``alhaddad`` may be read with an article or without), best first, and
    ``key`` the meaning of a particle, empty for others.
    ``is_arabic`` is worked out: whether the word is in Arabic script.
    """

    text: str
    core: str
    role: Role
    key: str = ""
    readings: tuple[str, ...] = ()
    is_arabic: bool = attrs.field(init=False, eq=False)

    @is_arabic.default
    def _is_in_arabic_script(self) -> bool:
        return _is_arabic(self.core)


def _without_article(word: str) -> str:
    bare = word[2:]
    return bare if word.startswith(_ARABIC_ARTICLE) and len(bare) >= _SHORTEST_NAME - 1 else word


def _latin_readings(word: str) -> tuple[str, ...]:
    attached = word[:2] in {"al", "el"} and len(word) >= 2 + _SHORTEST_NAME
    readings = (word, word[2:]) if attached else (word,)
    parted = _DIGRAPH.sub(rf"\1{SEAM}\2", word)
    return (*readings, parted) if parted != word else readings


def _arabic_readings(word: str) -> tuple[str, ...]:
    bare = _without_article(word)
    if bare == word:
        return (_ARABIC_DIN.sub(ARTICLE_SIGN, word),)
    return (bare, word)


def _abd(word: str) -> str | None:
    """``abd|`` and the rest where the word is such a compound, else None."""
    pattern, head = (_LATIN_ABD, "abd") if word[:1] == "a" else (_ARABIC_ABD, "عبد")
    found = pattern.match(word)
    if not found:
        return None
    return head + ARTICLE_SIGN + word[found.end() :]


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[:1] <= "\u06ff"


@lru_cache(maxsize=131072)
def name_token(word: str) -> Token:
    """The token of a folded word that is no particle."""
    compound = _abd(word) if word.startswith(("abd", "عبدال")) else None
    if compound:
        return Token(word, compound, Role.NAME, readings=(compound,))
    if len(word) == 1 and not word.isdigit():
        return Token(word, word, Role.INITIAL, readings=(word,))
    readings = _arabic_readings(word) if _is_arabic(word) else _latin_readings(word)
    return Token(word, readings[0], Role.NAME, readings=readings)


def _particle_token(word: str, particle: Particle) -> Token:
    return Token(word, word, particle.role, particle.key, (word,))


def joined(left: Token, right: Token) -> Token:
    """Two neighbouring words read as one, the seam marked: ``ali reza`` as ``ali~reza``."""
    # The seam keeps letters apart that would be one sound (Mohammad Hossein has
    # no dh), and a final heh silent (خامنه‌ای is Khamenei).
    readings = dict.fromkeys((f"{left.core}{SEAM}{right.core}", f"{left.core}{SEAM}{right.text}"))
    return Token(f"{left.text} {right.text}", next(iter(readings)), Role.NAME, readings=tuple(readings))


def _legal_run(words: list[str]) -> list[str]:
    """Letters standing alone, put together: a legal form (``d o o``) or three and more (``u s a``)."""
    out: list[str] = []
    position = 0
    while position < len(words):
        run = _letters_from(words, position)
        text = "".join(words[position : position + run])
        particle = particle_of(text) if run > 1 else None
        if run > 2 or (particle and particle.role is Role.LEGAL_FORM):  # noqa: PLR2004  (two letters are initials)
            out.append(text)
            position += run
        else:
            out.append(words[position])
            position += 1
    return out


def _letters_from(words: list[str], position: int) -> int:
    end = position
    while end < len(words) and len(words[end]) == 1 and words[end].isalpha():
        end += 1
    return end - position


def _is_abd(word: str) -> bool:
    return bool((_ARABIC_ABD_WORD if _is_arabic(word) else _LATIN_ABD_WORD).match(word))


def _is_article(word: str) -> bool:
    particle = particle_of(word)
    return particle is not None and particle.role is Role.ARTICLE


def _compound_length(words: list[str], position: int) -> int:
    """How many words an Abd compound takes from here; 0 where there is none."""
    if not _is_abd(words[position]):
        return 0
    following = position + 1
    if following < len(words) - 1 and _is_article(words[following]):
        following += 1
    return following - position + 1 if following < len(words) else 0


def _compound(words: list[str]) -> Token:
    head = "عبد" if _is_arabic(words[0]) else "abd"
    core = head + ARTICLE_SIGN + _without_article(words[-1])
    return Token(" ".join(words), core, Role.NAME, readings=(core,))


def _token(word: str, counted: frozenset[Role]) -> Token:
    particle = particle_of(word)
    return _particle_token(word, particle) if particle and particle.role not in counted else name_token(word)


def _tokens(words: list[str], counted: frozenset[Role]) -> list[Token]:
    out: list[Token] = []
    position = 0
    while position < len(words) and len(out) < MAX_TOKENS:
        length = _compound_length(words, position)
        out.append(_compound(words[position : position + length]) if length else _token(words[position], counted))
        position += length or 1
    return out


def _without_last_title(tokens: list[Token]) -> list[Token]:
    """Titles stand before a name: one at the end is the name (Hamza Hajji)."""
    if tokens and tokens[-1].role is Role.TITLE:
        return [*tokens[:-1], name_token(tokens[-1].text)]
    return tokens


#: Roles that say who is meant when nothing else in the name does.
_CARRYING = frozenset({Role.NAME, Role.INITIAL})

#: Words that count in full for one kind of party: a person's family name may be
#: ``Ag`` or ``Company``, and an organisation may be called ``General Electric``.
_COUNTED = {
    "person": frozenset({Role.LEGAL_FORM, Role.FILLER}),
    **dict.fromkeys(("entity", "organisation", "company", "military_unit", "state_body"), frozenset({Role.TITLE})),
}


@lru_cache(maxsize=32768)
def tokens_of(folded: Folded, kind: str | None = None) -> tuple[Token, ...]:
    """The words of a folded name in order, at most `MAX_TOKENS` of them.

    ``kind`` is a word of the model (``person``, ``entity``, ``company``, …) or
    None: for a person legal forms and fillers count as names, for a body titles
    do; other words and None say nothing.
    A name of nothing but particles is taken as it stands: all of it counts.

    >>> from sanctions_tracker.names.folding import fold
    >>> [token.core for token in tokens_of(fold("عبد الرحمن الغربي"))]
    ['عبد|رحمن', 'غربي']
    >>> [token.role.value for token in tokens_of(fold("Sheikh Ali bin Omar"))]
    ['title', 'name', 'nasab', 'name']
    """
    words = _legal_run(folded.split()[: 4 * MAX_TOKENS])
    found = _without_last_title(_tokens(words, _COUNTED.get(kind or "", frozenset())))
    if any(token.role in _CARRYING for token in found):
        return tuple(found)
    return tuple(name_token(word) for word in words[:MAX_TOKENS])


def neighbours(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Each two neighbouring words that may be one, joined; articles between them are passed over."""
    carried = [token for token in tokens if token.role in _CARRYING or token.role in {Role.NASAB, Role.KUNYA}]
    return tuple(joined(left, right) for left, right in pairwise(carried))
