"""Other ways to write a name, in Arabic script or in the Latin script of Arabic and Persian names.

Every maker takes a name and gives its variants, each with one thing changed; none where there
is nothing to change. A maker knows spelling, and nothing of any matcher: it may make what no
matcher finds. The rules are conventions of this benchmark, drawn from no
published table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

Maker = Callable[[str], Iterable[str]]

ZWNJ, TATWEEL = "\u200c", "\u0640"

_SUN_LETTERS = "tdrzsln"
_NASAB = {"بن", "ابن", "بنت", "bin", "ibn", "ben", "bint", "ould"}
#: Words that begin a compound: what follows belongs to them.
_OPENERS = {"عبد", "ابو", "أبو", "ابي", "أبي", "ال"}
_OPENERS |= {"abd", "abdul", "abdel", "abdal", "abu", "abou", "al", "el", "ul"}
_KUNYA = ("أبو", "ابو", "أبي", "ابي", "آبو")
_LATIN_KUNYA = ("Abu", "Abou", "Abo", "Bou")
_SEATS = str.maketrans("أإآٱؤئ", "ااااوي", "ء")
_APOSTROPHES = str.maketrans("", "", "'‘’`´ʿʾʻʼ")
_TO_PERSIAN, _TO_ARABIC = str.maketrans("يىك", "ییک"), str.maketrans("یک", "يك")
_FATHA, _DAMMA, _KASRA = "\u064e", "\u064f", "\u0650"
_FRENCH = (("sh", "ch"), ("j", "dj"), ("q", "k"), ("oo", "ou"), ("u", "ou"), ("ee", "i"), ("w", "ou"), ("k", "c"))
_ABD = re.compile(r"\bAbd[ -]?[aeou][lrsztdn]h?[ -]*(\w{3,})", re.IGNORECASE)
#: Shortest word that loses a letter or its article: of less than this too little is left.
_LONG = 5


def different(name: str, variants: Iterable[str]) -> list[str]:
    """The variants that are not the name, each once, without doubled spaces."""
    tidy = (" ".join(variant.split()) for variant in variants)
    return [one for one in dict.fromkeys(tidy) if one and one.casefold() != " ".join(name.split()).casefold()]


def _each_word(name: str, respelt: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """The name with one of its words respelt, for every word and every respelling."""
    words = name.split()
    for place, word in enumerate(words):
        for other in respelt(word):
            yield " ".join([*words[:place], other, *words[place + 1 :]])


def _each_match(pattern: re.Pattern[str], name: str, forms: Iterable[str]) -> Iterator[str]:
    """The name with one match replaced by each of the forms (as ``re.Match.expand`` takes them)."""
    for found in pattern.finditer(name):
        for form in forms:
            yield name[: found.start()] + found.expand(form) + name[found.end() :]


def _as_cased(model: str, form: str) -> str:
    return form.upper() if model.isupper() and len(model) > 1 else form


# Arabic script


def article_dropped(name: str) -> Iterable[str]:
    """الزرقاوي as زرقاوي; not the article of Allah, nor the one behind Abd."""
    words = name.split()
    for place, word in enumerate(words):
        behind_abd = place > 0 and words[place - 1] == "عبد"
        if word.startswith("ال") and len(word) >= _LONG and word != "الله" and not behind_abd:
            yield " ".join([*words[:place], word[2:], *words[place + 1 :]])


def article_added(name: str) -> Iterable[str]:
    """تكريتي as التكريتي: a last word that ends in the i of origin."""
    *first, last = name.split()
    if first and len(last) >= _LONG - 1 and last[-1] in "يی" and not last.startswith("ال"):
        yield " ".join([*first, "ال" + last])


def kunya(name: str) -> Iterable[str]:
    """أبو as ابو, أبي, آبو, or joined to what follows."""
    words = name.split()
    for place, word in enumerate(words[:-1]):
        if word in _KUNYA:
            for form in _KUNYA:
                yield " ".join([*words[:place], form, *words[place + 1 :]])
            yield " ".join([*words[:place], word + words[place + 1], *words[place + 2 :]])


def hamza_lost(name: str) -> Iterable[str]:
    """أ إ آ as ا, ؤ as و, ئ as ي, ء left out: in one word, or in all."""
    yield from _each_word(name, lambda word: [word.translate(_SEATS)])
    yield name.translate(_SEATS)


def ta_marbuta(name: str) -> Iterable[str]:
    """فاطمة as فاطمه and فاطمت, and back."""

    def respelt(word: str) -> Iterable[str]:
        if len(word) < _LONG - 1 or word.endswith("الله"):
            return ()
        return [word[:-1] + end for end in "ةهت"] if word[-1] in "ةه" else ()

    return _each_word(name, respelt)


def abd_joined(name: str) -> Iterable[str]:
    """عبد الرحمن as عبدالرحمن, and back."""
    yield from _each_match(re.compile(r"\bعبد +ال(\w+)"), name, [r"عبدال\1"])
    yield from _each_match(re.compile(r"\bعبدال(\w+)"), name, [r"عبد ال\1"])


def zero_width(name: str) -> Iterable[str]:
    """A space as the zero-width non-joiner; the non-joiner as a space, or left out."""
    yield from (name[:at] + ZWNJ + name[at + 1 :] for at, letter in enumerate(name) if letter == " ")
    if ZWNJ in name:
        yield from (name.replace(ZWNJ, " "), name.replace(ZWNJ, ""))


@lru_cache(maxsize=1)
def _shapes() -> dict[tuple[str, str], str]:
    """The presentation form of a letter in a position. Source: Unicode's compatibility decompositions."""
    found: dict[tuple[str, str], str] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        position, *letters = unicodedata.decomposition(chr(code)).split() or ("",)
        if len(letters) == 1 and position in {"<isolated>", "<initial>", "<medial>", "<final>"}:
            found[chr(int(letters[0], 16)), position.strip("<>")] = chr(code)
    return found


def _joins_left(letter: str) -> bool:
    return (letter, "initial") in _shapes()


def _joins_right(letter: str) -> bool:
    return (letter, "final") in _shapes()


def _shape(before: str, letter: str, after: str) -> str:
    right = _joins_left(before) and _joins_right(letter)
    left = _joins_left(letter) and _joins_right(after)
    position = {(True, True): "medial", (True, False): "final", (False, True): "initial"}.get((right, left), "isolated")
    return _shapes().get((letter, position), letter)


def presentation_forms(name: str) -> Iterable[str]:
    """Every letter as the form that it is drawn in, as old systems stored it."""
    around = f" {name} "
    yield "".join(_shape(*around[at : at + 3]) for at in range(len(name)))


def marks(name: str) -> Iterable[str]:
    """Vowel marks behind all letters of a word, and a tatweel where its letters join."""

    def respelt(word: str) -> Iterable[str]:
        yield "".join(letter + (_FATHA, _DAMMA, _KASRA)[at % 3] for at, letter in enumerate(word))
        joints = [at for at in range(1, len(word)) if _joins_left(word[at - 1]) and _joins_right(word[at])]
        yield from (word[:at] + TATWEEL + word[at:] for at in joints)

    return _each_word(name, respelt)


def persian_letters(name: str) -> Iterable[str]:
    """Arabic ي ى ك as Persian ی ک, and back."""
    return name.translate(_TO_PERSIAN), name.translate(_TO_ARABIC)


# both scripts


def nasab_dropped(name: str) -> Iterable[str]:
    """X bin Y Z as X Y Z, and as X Z."""
    words = name.split()
    for place, word in enumerate(words):
        if word.casefold() in _NASAB and 0 < place < len(words) - 1:
            yield " ".join(words[:place] + words[place + 1 :])
            end = place + 1
            while end < len(words) and words[end].casefold() in _OPENERS:
                end += 1
            if end < len(words) - 1:
                yield " ".join(words[:place] + words[end + 1 :])


def last_word_first(name: str) -> Iterable[str]:
    """The last word before the others, with and without a comma; a compound is not torn apart."""
    *first, last = name.split()
    if first and first[-1].casefold() not in _OPENERS | _NASAB and last.casefold() not in {"الله", "allah"}:
        yield f"{last} {' '.join(first)}"
        yield f"{last}, {' '.join(first)}"


# Latin script


def latin_article(name: str) -> Iterable[str]:
    """al-Shami as el-Shami, al Shami, alShami and, where the tongue does so, ash-Shami."""
    for found in re.finditer(r"\b([AaEe][Ll])[ -](?=(\w{2})\w{2})", name):
        start, end, article, next_letters = found.start(), found.end(), found[1], found[2]
        other = {"a": "e", "e": "a"}[article[0].casefold()] + "l"
        forms = [f"{other}-", f"{article} ", f"{article}-", article, f"{other} "]
        sun = "sh" if next_letters.casefold() == "sh" else next_letters[0].casefold()
        forms += [f"a{sun}-"] if sun[0] in _SUN_LETTERS else []
        yield from (name[:start] + _as_cased(article, form) + name[end:] for form in forms)


def latin_article_dropped(name: str) -> Iterable[str]:
    """al-Shami as Shami."""
    return _each_match(re.compile(r"(?<!Abd )(?<!Abd-)\b[AE]l[ -](?=\w{4})", re.IGNORECASE), name, [""])


def latin_kunya(name: str) -> Iterable[str]:
    """Abu as Abou, Abo and Bou, and joined to what follows."""
    for found in re.finditer(r"\b(Abu|Abou|Abo|Bou) (?=\w)", name, re.IGNORECASE):
        forms = [f"{form} " for form in _LATIN_KUNYA] + [found[1]]
        yield from (name[: found.start()] + _as_cased(found[1], form) + name[found.end() :] for form in forms)


def ayn_lost(name: str) -> Iterable[str]:
    """Sa'id as Said: the signs of ayn and hamza left out, in one word or in all."""
    yield from _each_word(name, lambda word: [word.translate(_APOSTROPHES)])
    yield name.translate(_APOSTROPHES)


def latin_ta_marbuta(name: str) -> Iterable[str]:
    """Fatimah as Fatima, Fatimeh and Fatimat, and back."""

    def respelt(word: str) -> Iterable[str]:
        ending = re.search(r"(?<=\w{3})(?:ah|eh|a)$", word, re.IGNORECASE)
        if ending is None or word.casefold().endswith("allah"):
            return ()
        return [word[: ending.start()] + _as_cased(word, end) for end in ("a", "ah", "eh", "at")]

    return _each_word(name, respelt)


def latin_abd(name: str) -> Iterable[str]:
    """Abd al-Rahman as Abdul Rahman, Abdel Rahman, Abdulrahman and, where the tongue does so, Abdurrahman."""
    for found in _ABD.finditer(name):
        if found[1].casefold() in {"lah", "llah"}:
            continue
        rest = found[1].capitalize()
        forms = [f"Abd al-{rest}", f"Abdul {rest}", f"Abdel {rest}", f"Abd el-{rest}", f"Abdul{rest.lower()}"]
        sun = rest[0].casefold()
        forms += [f"Abdu{sun}{rest.lower()}"] if sun in _SUN_LETTERS else []
        yield from (name[: found.start()] + _as_cased(found[0], form) + name[found.end() :] for form in forms)


def _replaced(text: str, old: str, new: str) -> str:
    """All ``old`` as ``new``, a capital for a capital; what is spelt ``new`` already stays."""
    pattern = re.compile(f"(?P<kept>{re.escape(new)})|{re.escape(old)}", re.IGNORECASE)

    def respelt(found: re.Match[str]) -> str:
        return found[0] if found["kept"] else new.capitalize() if found[0][0].isupper() else new

    def word(found: re.Match[str]) -> str:
        return _as_cased(found[0], pattern.sub(respelt, found[0]))

    return re.sub(r"\S+", word, text)


def french(name: str) -> Iterable[str]:
    """Spell sh as ch, j as dj, u as ou, q as k, k as c …: each alone, and the first six together."""
    yield from (_replaced(name, old, new) for old, new in _FRENCH if "k" not in old or "kh" not in name.casefold())
    together = name
    for old, new in _FRENCH[:6]:
        together = _replaced(together, old, new)
    yield together


def letter_dropped(name: str) -> Iterable[str]:
    """A letter left out of a word of five or more, never its first."""
    return _each_word(name, _shorter)


def _shorter(word: str) -> Iterable[str]:
    return [word[:at] + word[at + 1 :] for at in range(1, len(word)) if word.isalpha() and len(word) >= _LONG]


def letter_doubled(name: str) -> Iterable[str]:
    """A letter inside a word of five or more written twice."""
    return _each_word(name, _longer)


def _longer(word: str) -> Iterable[str]:
    return [word[:at] + word[at - 1 :] for at in range(2, len(word)) if word.isalpha() and len(word) >= _LONG]


def middle_initial(name: str) -> Iterable[str]:
    """X Yusuf Z as X Y. Z: a middle name, no particle."""
    words = name.split()
    for place in range(1, len(words) - 1):
        word = words[place]
        if word.isalpha() and len(word) > 2 and word.casefold() not in _OPENERS | _NASAB:  # noqa: PLR2004 (Al, El)
            yield " ".join([*words[:place], f"{word[0]}.", *words[place + 1 :]])
