"""Words of organisation names that are translated rather than spelt: البنك المركزي is Central Bank.

A *concept* is the meaning that such words share. Three data files hold what is
known, each with a source in every row:

* ``concepts.tsv``: a form (one word or a phrase) of one language and its
  concept, with the concept's class; a form may stand there several times, once
  for each concept that it may mean (مؤسسة is a foundation, an institution, a corporation);
* ``concept_relations.tsv``: concepts that translators exchange, and how freely;
* ``acronyms.tsv``: acronyms of one word and what they stand for, in English (other languages meet that by
  its concepts); none that is a given name as well (Nico, Isis, Naja).

Words of a name are looked up as written first. A word not found is looked for
without what grammar adds to it, and only where the rest is a known form:

* Arabic: the article (البحرية), the conjunction and prepositions before it or
  before a bare word (والتجارة, للصرافة, لصناعة), the feminine ending (وطنية as وطني),
  the sound feminine plural (صناعات as صناعة), the ending of adjectives (مصري as مصر,
  صناعي as صناعة, سوري as سوريا, فرنسي as فرنسا);
* Persian: the same ending (صنعتی as صنعت), the plural (بانکهای; after a non-joiner ها and های are words of
  their own and are passed over, as is the ezafe ی);
* Latin script: an s of the plural, ``-ies`` for ``-y``.

A form written with the article in the table counts only with the article: الملك
is a king, where ملك may be Malak or Malik. Articles and fillers (``of``, ``the``, و)
inside a phrase are passed over.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.names.folding import fold
from sanctions_tracker.names.particles import Role, particle_of
from sanctions_tracker.names.tables import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ARTICLE = "ال"

#: What an article with a conjunction or preposition before it is written as: for the, and the, by the, and for the.
_ARTICLES = ("ولل", "وال", "بال", "لل", _ARTICLE)

#: What may stand before a word without article: and, for.
_CLITICS = ("و", "ل")

#: A word of which less than this would be left keeps its last letters, or its article.
_SHORTEST_STEM = 3

#: Adjectives of shorter nouns stand in the table themselves: too many are family names (حربي, مدني, غازي).
_SHORTEST_NOUN = 4

#: A word of which less than this would be left keeps its first letter: وليد is no و and ليد.
_SHORTEST_AFTER_CLITIC = 4

#: Persian plural and ezafe, separate words once the non-joiner is folded.
_PERSIAN_ENDINGS = frozenset({"ها", "هاي", "هايي", "ي"})

_PASSED_OVER = frozenset({Role.ARTICLE, Role.FILLER})


@attrs.frozen(cache_hash=True)
class ConceptSpan:
    """The words ``start`` to ``stop`` (exclusive) of a name, and the concepts that they may mean (one or more)."""

    start: int
    stop: int
    concepts: frozenset[str]


@attrs.frozen
class _Lexicon:
    """The forms by their words.

    ``single`` holds the forms of one word, ``words`` every word of every form;
    ``forms`` are all forms, and ``lengths`` how many words those have that begin
    with a word, the longest first; ``classes`` the class of each concept.
    """

    single: frozenset[str]
    words: frozenset[str]
    forms: dict[tuple[str, ...], frozenset[str]]
    lengths: dict[str, tuple[int, ...]]
    classes: dict[str, str]


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[:1] <= "\u06ff"


def _without_number(word: str) -> Iterator[str]:
    """An Arabic or Persian word without the feminine or plural ending, where it has one."""
    if word.endswith("هاي"):
        yield word[:-3]
    elif word.endswith("ه"):
        yield word[:-1]
    elif word.endswith("ات"):
        yield word[:-2] + "ه"
        yield word[:-2]


def _without_adjective(word: str) -> Iterator[str]:
    """The longer nouns of which an Arabic or Persian word may be the adjective (صناعية: صناع, صناعة, صناعا)."""
    stem = word[:-1] if word.endswith("يه") else word
    if stem.endswith("ي"):
        found = (stem[:-1], stem + "ا", stem[:-1] + "ه", stem[:-1] + "ا")
        yield from (noun for noun in found if len(noun) >= (_SHORTEST_NOUN if noun in stem else _SHORTEST_NOUN + 1))


def _without_clitics(word: str) -> Iterator[str]:
    """An Arabic word, then with the article alone, then without anything before it."""
    yield word
    for article in _ARTICLES:
        if word.startswith(article):
            yield _ARTICLE + word[len(article) :]
            yield word[len(article) :]
    if word.startswith(_CLITICS) and len(word) > _SHORTEST_AFTER_CLITIC:
        yield word[1:]


def _variants(word: str) -> Iterator[str]:
    """``word`` and what it may be without its grammar, likeliest first."""
    yield word
    if _is_arabic(word):
        stems = tuple(_without_clitics(word))
        forms = chain(
            stems, chain.from_iterable(map(_without_number, stems)), chain.from_iterable(map(_without_adjective, stems))
        )
        yield from (form for form in forms if len(form) >= _SHORTEST_STEM)
    elif len(word) > _SHORTEST_STEM:
        if word.endswith("ies"):
            yield word[:-3] + "y"
        if word.endswith("s"):
            yield word[:-1]


def _known(word: str, words: Iterable[str]) -> str:
    """The first variant of ``word`` among ``words``, or the empty string."""
    return next((form for form in _variants(word) if form in words), "")


def _is_passed_over(word: str) -> bool:
    particle = particle_of(word)
    return word in _PERSIAN_ENDINGS or (particle is not None and particle.role in _PASSED_OVER)


def _form_words(form: str) -> tuple[str, ...]:
    """The words of a form that count; letters standing alone are one word, as `tokens_of` reads them."""
    words = fold(form).split()
    if len(words) > 1 and all(len(word) == 1 for word in words):
        return ("".join(words),)
    return tuple(word for word in words if not _is_passed_over(word)) or tuple(words)


def _bare(word: str) -> str:
    return word[2:] if word.startswith(_ARTICLE) and len(word) > _SHORTEST_STEM + 1 else word


@cache
def _lexicon() -> _Lexicon:
    table = [(_form_words(row["form"]), row["concept"]) for row in rows("concepts")]
    single = {words[0] for words, _ in table if len(words) == 1}
    found: dict[tuple[str, ...], set[str]] = {}
    for words, concept in table:
        # Words of phrases are filed under the one-word form that they inflect.
        filed = words if len(words) == 1 else tuple(_known(word, single) or _bare(word) for word in words)
        found.setdefault(filed, set()).add(concept)
    lengths: dict[str, set[int]] = {}
    for filed in found:
        lengths.setdefault(filed[0], set()).add(len(filed))
    return _Lexicon(
        single=frozenset(single),
        words=frozenset(word for filed in found for word in filed),
        forms={filed: frozenset(concepts) for filed, concepts in found.items()},
        lengths={first: tuple(sorted(them, reverse=True)) for first, them in lengths.items()},
        classes={row["concept"]: row["class"] for row in rows("concepts")},
    )


@lru_cache(maxsize=131072)
def _filed(word: str) -> str:
    """The word under which the lexicon files ``word``, or the empty string."""
    lexicon = _lexicon()
    found = [form for form in _variants(word) if form in lexicon.words]
    return next((form for form in found if form in lexicon.single), found[0] if found else "")


@lru_cache(maxsize=131072)
def _counted(word: str) -> str | None:
    """As `_filed`, but None for a word that is passed over."""
    return _filed(word) or (None if _is_passed_over(word) else "")


def is_known(word: str) -> bool:
    """Whether a folded word, in some inflection, is a word of the table: alone, or of a phrase."""
    return bool(_filed(word))


def _longest(words: list[str], position: int) -> tuple[int, frozenset[str]]:
    """How many of the filed words from ``position`` on are a form, and what it means; 0 where none is."""
    lexicon = _lexicon()
    for length in lexicon.lengths.get(words[position], ()):
        form = tuple(words[position : position + length])
        if form in lexicon.forms:
            return len(form), lexicon.forms[form]
    return 0, frozenset()


def concept_spans(words: Sequence[str]) -> tuple[ConceptSpan, ...]:
    """Which folded words of a name carry concepts, from the first word to the last, spans apart from each other.

    Where several forms begin at a word the longest is taken. ``words`` are the
    words of a folded text or the ``text`` of its tokens (see `tokens_of`);
    never raises; empty where nothing is known.

    >>> from sanctions_tracker.names.folding import fold
    >>> [sorted(span.concepts) for span in concept_spans(fold("البنك المركزي المصري").split())]
    [['bank'], ['central'], ['egypt']]
    >>> concept_spans(fold("Central Bank of Egypt").split())[-1]
    ConceptSpan(start=3, stop=4, concepts=frozenset({'egypt'}))
    """
    every = list(map(_counted, words))
    if not any(every):
        return ()
    counted = [place for place, word in enumerate(every) if word is not None]
    filed = [word for word in every if word is not None]
    found: list[ConceptSpan] = []
    position = 0
    while position < len(filed):
        length, concepts = _longest(filed, position)
        if length:
            found.append(ConceptSpan(counted[position], counted[position + length - 1] + 1, concepts))
        position += length or 1
    return tuple(found)


def class_of(concept: str) -> str:
    """The class of a concept (``organ``, ``place``, ``legal_form``, …), the empty string where it is unknown.

    >>> class_of("bank"), class_of("egypt")
    ('organ', 'place')
    """
    return _lexicon().classes.get(concept, "")


@cache
def _relations() -> dict[tuple[str, str], float]:
    table = [(row["concept"], row["near"], float(row["nearness"])) for row in rows("concept_relations")]
    return {pair: worth for left, right, worth in table for pair in ((left, right), (right, left))}


def nearness(left: str, right: str) -> float:
    """How freely two concepts are exchanged in translation: 1 for one concept, 0 for concepts that tell names apart.

    Symmetric; unknown concepts are near themselves only.

    >>> nearness("navy", "navy"), nearness("navy", "air_force")
    (1.0, 0.0)
    >>> nearness("authority", "organisation") == nearness("organisation", "authority") > 0.5
    True
    """
    return 1.0 if left == right else _relations().get((left, right), 0.0)


@cache
def _near() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for left, right in _relations():
        found.setdefault(left, {left}).add(right)
    return {concept: frozenset(near) for concept, near in found.items()}


def near_concepts(concept: str) -> frozenset[str]:
    """The concept and all that it is exchanged with."""
    return _near().get(concept) or frozenset({concept})


@cache
def _acronyms() -> dict[str, tuple[str, ...]]:
    return {fold(row["acronym"]): tuple(fold(row["expansion"]).split()) for row in rows("acronyms")}


def expanded(words: Sequence[str]) -> list[str]:
    """Folded words of an organisation's name, each known acronym replaced by what it stands for.

    >>> expanded(["irgc", "navy"])
    ['islamic', 'revolutionary', 'guard', 'corps', 'navy']
    """
    known = _acronyms()
    if known.keys().isdisjoint(words):
        return list(words)
    return [part for word in words for part in known.get(word, (word,))]
