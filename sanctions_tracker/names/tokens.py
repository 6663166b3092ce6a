"""A folded name taken apart into words, each with what it does in the name."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby, pairwise

import attrs

from sanctions_tracker.names.concepts import ConceptSpan, concept_spans, expanded, is_known
from sanctions_tracker.names.folding import Folded
from sanctions_tracker.names.particles import Particle, Role, opens_phrase, particle_of
from sanctions_tracker.names.readings import (
    ARABIC_ARTICLE,
    ARTICLE_SIGN,
    ATTACHED,
    SHORTEST_NAME,
    arabic_readings,
    latin_readings,
    without_article,
)
from sanctions_tracker.names.skeleton import SEAM
from sanctions_tracker.names.spellings import spellings
from sanctions_tracker.names.tables import mapping

#: Words of a name beyond this are not looked at: the longest name of the OFAC,
#: UN, EU and UK lists has fewer, and the cost of a comparison stays bounded.
MAX_TOKENS = 24

_SHORTEST_ACRONYM = 3

#: How often a word must have been seen in pairs of names to be taken for a name of its own.
_WELL_KNOWN = 5

#: Abd with an article that may be assimilated (Abdurrahman, Abdessamad), as one
#: Latin word; then as a word of its own before the name (Abdul Rahman).
_LATIN_ABD = re.compile(r"^abd[aeiou]?(?:l|sh(?=sh)|([rsztdn])(?=\1)|(?=sh))(?=.{2})")
_LATIN_ABD_WORD = re.compile(r"^abd(?:[aeiou]?[lrsztdn])?$|^abdu$")
_ARABIC_ABD = re.compile(r"^عبدال?(?=ل?.{2})")
_ARABIC_ABD_WORD = re.compile(r"^عبد(?:ال)?$")


@attrs.frozen(cache_hash=True)
class Token:
    """One word of a name.

    ``text`` is the folded word as written, ``core`` what of it is compared
    (without the Arabic article), ``readings`` the words whose sounds it may
    have (``alhaddad`` may be read with an article or without), best first, and
    ``key`` the meaning of a particle, empty for others.
    ``definite`` says whether the name bears the article: None where an ``al``
    at its beginning may be one or not. ``concepts`` are the meanings that the word
    or phrase may be translated by (see `concepts`), none for most names.
    ``is_arabic`` is worked out: whether the word is in Arabic script.
    """

    text: str
    core: str
    role: Role
    key: str = ""
    readings: tuple[str, ...] = ()
    definite: bool | None = False
    concepts: frozenset[str] = frozenset()
    is_arabic: bool = attrs.field(init=False, eq=False)

    @is_arabic.default
    def _is_in_arabic_script(self) -> bool:
        return _is_arabic(self.core)


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
    if _is_arabic(word):
        readings = arabic_readings(word)
        return Token(word, readings[0], Role.NAME, readings=readings, definite=len(readings) > 1)
    attached = None if word[:2] in ATTACHED else False
    readings = latin_readings(word)
    return Token(word, readings[0], Role.NAME, readings=readings, definite=attached)


@lru_cache(maxsize=32768)
def _definite(token: Token) -> Token:
    return attrs.evolve(token, definite=True)


def _particle_token(word: str, particle: Particle) -> Token:
    return Token(word, word, particle.role, particle.key, (word,))


def joined_readings(left: Token, right: Token) -> tuple[str, ...]:
    """The words that two neighbouring words may be together, the seam marked: ``ali reza`` as ``ali~reza``."""
    # The seam keeps letters apart that would be one sound (Mohammad Hossein has
    # no dh), and a final heh silent (خامنه‌ای is Khamenei).
    plain = f"{left.core}{SEAM}{right.core}"
    return (plain,) if right.text == right.core else (plain, f"{left.core}{SEAM}{right.text}")


def joined(left: Token, right: Token) -> Token:
    """Two neighbouring words read as one."""
    readings = joined_readings(left, right)
    return Token(f"{left.text} {right.text}", readings[0], Role.NAME, readings=readings)


def _legal_run(words: list[str]) -> list[str]:
    """Letters standing alone, put together: a legal form (``d o o``) or three and more (``u s a``)."""
    if list(map(len, words)).count(1) < 2:  # noqa: PLR2004  (one letter is no run)
        return words
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


def _letter_names() -> dict[str, str]:
    return mapping("letter_names", "form", "letter")


def _spelt_out(words: list[str]) -> list[str]:
    """Names of Latin letters, three and more in a row, as the word that they spell: إتش إس بي سي is HSBC."""
    letters = _letter_names()
    if letters.keys().isdisjoint(words):
        return words
    out: list[str] = []
    for spelt, run in groupby(words, letters.__contains__):
        found = list(run)
        whole = spelt and len(found) >= _SHORTEST_ACRONYM
        out += ["".join(letters[word] for word in found)] if whole else found
    return out


def _unglued(words: list[str]) -> list[str]:
    """Two well known Arabic-script words that were written as one nobody knows (سيدمحمد, امين‌نظر) as two."""
    if all(map(str.isascii, words)):
        return words
    return [part for word in words for part in _parts(word)]


@lru_cache(maxsize=65536)
def _parts(word: str) -> tuple[str, ...]:
    seen = spellings().seen
    if not _is_arabic(word) or word in seen or len(word) < 2 * SHORTEST_NAME or word.startswith(ARABIC_ARTICLE):
        return (word,)
    cuts = [(word[:place], word[place:]) for place in range(SHORTEST_NAME, len(word) - SHORTEST_NAME + 1)]
    rarer, best = max((min(seen.get(one, 0), seen.get(other, 0)), (one, other)) for one, other in cuts)
    return best if rarer >= _WELL_KNOWN else (word,)


def _letters_from(words: list[str], position: int) -> int:
    end = position
    while end < len(words) and len(words[end]) == 1 and words[end].isalpha():
        end += 1
    return end - position


def _is_abd(word: str) -> bool:
    return bool((_ARABIC_ABD_WORD if _is_arabic(word) else _LATIN_ABD_WORD).match(word))


def _leads(word: str) -> bool:
    """Whether a word may be one token together with the words behind it."""
    return opens_phrase(word) or _is_abd(word)


def _is_bare_abd(word: str) -> bool:
    """Whether the word is without the article that parts it from the name behind it (Abd, Abdu)."""
    return word in {"عبد", "abd", "abdu", "abdo", "abde"}


def _is_article(word: str) -> bool:
    particle = particle_of(word)
    return particle is not None and particle.role is Role.ARTICLE


def _compound_length(words: list[str], position: int) -> int:
    """How many words an Abd compound takes from here; 0 where there is none."""
    if not _is_abd(words[position]):
        return 0
    following = position + 1
    if following < len(words) - 1 and _is_article(words[following]):
        if not _is_bare_abd(words[position]):  # Abdul al-Talhi: the article of the next name
            return 0
        following += 1
    return following - position + 1 if following < len(words) else 0


def _phrase_length(words: list[str], position: int) -> int:
    """2 where two words are one particle (آية الله), else 0."""
    phrase = words[position : position + 2]
    return 2 if opens_phrase(phrase[0]) and len(phrase) > 1 and particle_of(" ".join(phrase)) else 0


def _compound(words: list[str]) -> Token:
    head = "عبد" if _is_arabic(words[0]) else "abd"
    core = head + ARTICLE_SIGN + without_article(words[-1])
    return Token(" ".join(words), core, Role.NAME, readings=(core,))


def _token(word: str, counted: frozenset[Role]) -> Token:
    particle = particle_of(word)
    return _particle_token(word, particle) if particle and particle.role not in counted else name_token(word)


@lru_cache(maxsize=131072)
def _token_alone(word: str, counted: frozenset[Role]) -> Token | None:
    """The token of a word that leads no others, else None."""
    return None if _leads(word) else _token(word, counted)


def _led_by(words: list[str], position: int, counted: frozenset[Role]) -> tuple[Token, int]:
    """The token that begins at a word that may lead others, and how many words it takes."""
    length = _phrase_length(words, position) or _compound_length(words, position)
    whole = words[position : position + (length or 1)]
    return (_compound(whole) if length and _is_abd(whole[0]) else _token(" ".join(whole), counted)), len(whole)


def _tokens(words: list[str], counted: frozenset[Role]) -> list[Token]:
    out: list[Token] = []
    position = 0
    behind_article = False
    while position < len(words) and len(out) < MAX_TOKENS:
        token, length = _token_alone(words[position], counted), 1
        if token is None:
            token, length = _led_by(words, position, counted)
        out.append(_definite(token) if behind_article and token.role is Role.NAME else token)
        behind_article = token.role is Role.ARTICLE
        position += length
    return out


def _without_last_title(tokens: list[Token]) -> list[Token]:
    """Titles stand before a name: one at the end is the name (Hamza Hajji)."""
    if tokens and tokens[-1].role is Role.TITLE:
        return [*tokens[:-1], name_token(tokens[-1].text)]
    return tokens


#: Roles that say who is meant when nothing else in the name does.
_CARRYING = frozenset({Role.NAME, Role.INITIAL})
_JOINABLE = _CARRYING | {Role.NASAB, Role.KUNYA}

#: Words that count in full for one kind of party: a person's family name may be
#: ``Ag`` or ``Company``, and an organisation may be called ``General Electric``.
_PERSON = "person"
_COUNTED = {
    _PERSON: frozenset({Role.LEGAL_FORM, Role.FILLER}),
    **dict.fromkeys(("entity", "organisation", "company", "military_unit", "state_body"), frozenset({Role.TITLE})),
}


@lru_cache(maxsize=32768)
def _meaning(token: Token, concepts: frozenset[str]) -> Token:
    return attrs.evolve(token, concepts=concepts)


def _phrase(tokens: list[Token], concepts: frozenset[str]) -> Token:
    """Words that have one meaning together, as one token; between them what is passed over."""
    counted = [token for token in tokens if token.role is Role.NAME]
    text, core = " ".join(token.text for token in tokens), SEAM.join(token.core for token in counted)
    return Token(text, core, Role.NAME, readings=(core,), definite=None, concepts=concepts)


def _translated(tokens: list[Token], span: ConceptSpan) -> list[Token]:
    """The tokens of a span with their meaning; particles that have a meaning of their own stay what they are."""
    inside = tokens[span.start : span.stop]
    names = [token for token in inside if token.role is Role.NAME]
    if len(inside) == 1 and names:
        return [_meaning(inside[0], span.concepts)]
    return [_phrase(inside, span.concepts)] if names else inside


def _with_concepts(tokens: list[Token]) -> list[Token]:
    """The tokens with their meanings; a name of one word is a name (City, حديدي), whatever the word means."""
    if len(tokens) - [token.role for token in tokens].count(Role.ARTICLE) == 1:
        return tokens
    out: list[Token] = []
    position = 0
    for span in concept_spans([token.text for token in tokens]):
        out += tokens[position : span.start]
        out += _translated(tokens, span)
        position = span.stop
    return [*out, *tokens[position:]] if position else tokens


@lru_cache(maxsize=32768)
def tokens_of(folded: Folded, kind: str | None = None) -> tuple[Token, ...]:
    """The words of a folded name in order, at most `MAX_TOKENS` of them.

    ``kind`` is a word of the model (``person``, ``entity``, ``company``, …) or
    None: for a person legal forms and fillers count as names, for a body titles
    do; other words and None say nothing. Persons' names are not translated: words
    of theirs get no concepts.
    A name of nothing but particles is taken as it stands: all of it counts.

    >>> from sanctions_tracker.names.folding import fold
    >>> [token.core for token in tokens_of(fold("عبد الرحمن الغربي"))]
    ['عبد|رحمن', 'غربي']
    >>> [token.role.value for token in tokens_of(fold("Sheikh Ali bin Omar"))]
    ['title', 'name', 'nasab', 'name']
    """
    words = _words(folded)
    plain = _plain_tokens(words, person=kind == _PERSON)
    return _taken_apart(_unglued(words), kind) if plain is None else plain


def _plain_tokens(words: list[str], *, person: bool) -> tuple[Token, ...] | None:
    """The tokens where every word is nothing but a name, as in most names; else None: a shortcut."""
    found: list[Token] = []
    for word in words[:MAX_TOKENS]:
        token = _plain_token(word, person=person)
        if token is None:
            return None
        found.append(token)
    return tuple(found)


@lru_cache(maxsize=131072)
def _plain_token(word: str, *, person: bool) -> Token | None:
    """The token of a word that is taken alone, whatever stands beside it; None where it must be seen in the name."""
    seen_in_the_name = (
        len(word) == 1
        or particle_of(word) is not None
        or opens_phrase(word)
        or _is_abd(word)
        or word in _letter_names()
        or len(_parts(word)) > 1
        or (not person and (is_known(word) or expanded([word]) != [word]))
    )
    return None if seen_in_the_name else name_token(word)


def tokens_as_written(folded: Folded, kind: str | None = None) -> tuple[Token, ...]:
    """As `tokens_of`, but no word is taken for two: what known spellings are learned from must not depend on them."""
    return _taken_apart(_words(folded), kind)


def _words(folded: Folded) -> list[str]:
    return folded.split()[: 4 * MAX_TOKENS]


def _taken_apart(words: list[str], kind: str | None) -> tuple[Token, ...]:
    words = _legal_run(words)
    if kind != _PERSON:
        words = expanded(_spelt_out(words))
    found = _without_last_title(_tokens(words, _COUNTED.get(kind or "", frozenset())))
    if kind != _PERSON:
        found = _with_concepts(found)
    if not _CARRYING.isdisjoint([token.role for token in found]):
        return tuple(found)
    return tuple(name_token(word) for word in words[:MAX_TOKENS])


def joinable(tokens: tuple[Token, ...]) -> list[Token]:
    """The words of a name of which two neighbours may be one; articles between them are passed over."""
    return [token for token in tokens if token.role in _JOINABLE]


def neighbours(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Each two neighbouring words that may be one, joined."""
    return tuple(joined(left, right) for left, right in pairwise(joinable(tokens)))
