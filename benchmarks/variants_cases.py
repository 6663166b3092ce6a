"""The classes of variants, and a seeded sample of each: what is asked, and whom it means."""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import attrs

import sanctions_tracker as st
from benchmarks import variants_arabic as arabic
from benchmarks import variants_organisations as organisations
from benchmarks.variants_lists import Key, Parties, Party, show

#: The lists whose Arabic-script names are varied: those that print them as names of their own.
_ARABIC_LISTS = ("un-", "eu-", "us-ofac-", "uk-")
#: The public benchmark gives several variants of a name; it takes no more than three either.
_OF_A_CLASS = 3

Spelt = tuple[str, str]


class Case(NamedTuple):
    """One question: ``query`` is a variant of ``name``, or another name of ``party``, which bears it."""

    family: str
    variant_class: str
    query: str
    name: str
    party: Key


@attrs.frozen
class VariantClass:
    """A class of variants: which parties it is drawn from, which of their names, and what is made of these."""

    family: str
    title: str
    drawn_from: Callable[[Party], bool]
    scripts: tuple[str, ...]
    maker: arabic.Maker

    def spelt(self, party: Party) -> list[Spelt]:
        """Every name of the party with every variant of it."""
        names = (name for script in self.scripts for name in party.names(script))
        return [(name, variant) for name in names for variant in arabic.different(name, self.maker(name))]


@attrs.frozen
class Withheld:
    """Questions that a name of the list answers, with that name left out of the lists.

    ``asks`` gives the query and which names are left out; None where the party has no such name.
    """

    family: str
    title: str
    drawn_from: Callable[[Party], bool]
    asks: Callable[[Party], tuple[str, Callable[[st.Target], frozenset[str]]] | None]


# whom they are drawn from


def _person(party: Party) -> bool:
    return party.is_person


def _organisation(party: Party) -> bool:
    return party.is_organisation


def _with_arabic(party: Party) -> bool:
    return party.list_id.startswith(_ARABIC_LISTS) and bool(party.names("Arab"))


def _person_with_arabic(party: Party) -> bool:
    return party.is_person and _with_arabic(party)


# the classes


def _public() -> Iterator[VariantClass]:
    """The classes of the public benchmark; none where its package is not installed."""
    try:
        registry: dict[str, Any] = importlib.import_module("ssb.perturb").REGISTRY
    except ImportError:
        show("sanctions-screening-benchmark is not installed: its classes are left out")
        return
    for title, one in registry.items():
        yield VariantClass("public", title.replace("_", " "), _person, ("Latn",), partial(_first_of, one.fn))


def _first_of(function: Callable[[str, int], list[str]], name: str) -> Iterable[str]:
    return function(name, 0)[:_OF_A_CLASS]


def _arabic() -> Iterator[VariantClass]:
    letters: dict[str, arabic.Maker] = {
        "article dropped": arabic.article_dropped,
        "hamza lost": arabic.hamza_lost,
        "ta marbuta ه, ة, ت": arabic.ta_marbuta,
        "space or non-joiner": arabic.zero_width,
        "presentation forms": arabic.presentation_forms,
        "vowel marks, tatweel": arabic.marks,
        "Persian letters": arabic.persian_letters,
    }
    words: dict[str, arabic.Maker] = {
        "article added": arabic.article_added,
        "kunya أبو, ابو": arabic.kunya,
        "Abd joined, parted": arabic.abd_joined,
        "nasab dropped": arabic.nasab_dropped,
        "title added": partial(organisations.titled, script="Arab"),
        "last word first": arabic.last_word_first,
    }
    yield from (
        VariantClass("Arabic script", title, _with_arabic, ("Arab",), maker) for title, maker in letters.items()
    )
    yield from (
        VariantClass("Arabic script", title, _person_with_arabic, ("Arab",), maker) for title, maker in words.items()
    )


def _latin() -> Iterator[VariantClass]:
    makers: dict[str, arabic.Maker] = {
        "article al, el, joined": arabic.latin_article,
        "article dropped": arabic.latin_article_dropped,
        "kunya Abu, Abou, Bou": arabic.latin_kunya,
        "ayn, hamza lost": arabic.ayn_lost,
        "ending a, ah, eh, at": arabic.latin_ta_marbuta,
        "Abd joined, parted": arabic.latin_abd,
        "French spelling": arabic.french,
        "nasab dropped": arabic.nasab_dropped,
        "title added": partial(organisations.titled, script="Latn"),
        "letter dropped": arabic.letter_dropped,
        "letter doubled": arabic.letter_doubled,
        "last word first": arabic.last_word_first,
        "middle initial": arabic.middle_initial,
    }
    for title, maker in makers.items():
        yield VariantClass("Latin of Arabic", title, _person_with_arabic, ("Latn",), maker)


def _organisations() -> Iterator[VariantClass]:
    makers = {
        "legal form dropped": organisations.form_dropped,
        "legal form changed": organisations.form_changed,
        "legal form translated": organisations.form_translated,
        "words exchanged": organisations.reordered,
        "punctuation": organisations.punctuated,
        "& for and": organisations.ampersand,
    }
    for title, maker in makers.items():
        yield VariantClass("organisation", title, _organisation, ("Latn", "Cyrl", "Arab"), maker)


def classes() -> list[VariantClass]:
    """All classes whose variants are made by rule."""
    return [*_public(), *_arabic(), *_latin(), *_organisations()]


# names that are left out


def _all_in(script: str, target: st.Target) -> frozenset[str]:
    return frozenset(name.text for name in target.names if name.script == script)


def _by_script(asked: str, listed: str, party: Party) -> tuple[str, Callable[[st.Target], frozenset[str]]] | None:
    names = party.names(asked)
    return (names[0], partial(_all_in, asked)) if names and party.names(listed) else None


def _holding(acronym: str, target: st.Target) -> frozenset[str]:
    word = re.compile(rf"\b{acronym}\b", re.IGNORECASE)
    return frozenset(name.text for name in target.names if word.search(name.text))


def _by_acronym(party: Party) -> tuple[str, Callable[[st.Target], frozenset[str]]] | None:
    names = party.names("Latn")
    for acronym in names:
        hidden = _holding(acronym, party.target) if organisations.is_acronym_of(acronym, " ".join(acronym)) else names
        others = [name for name in names if name not in hidden]
        if any(organisations.is_acronym_of(acronym, name) for name in others):
            return acronym, partial(_holding, acronym)
    return None


def withheld_classes() -> list[Withheld]:
    """The classes for which names are left out of the lists."""
    to_latin, to_arabic = partial(_by_script, "Arab", "Latn"), partial(_by_script, "Latn", "Arab")
    return [
        Withheld("organisation", "Arabic script, Latin listed", _organisation, to_latin),
        Withheld("organisation", "Latin, Arabic script listed", _organisation, to_arabic),
        Withheld("organisation", "acronym", _organisation, _by_acronym),
        Withheld("Arabic script", "Latin listed", _person, to_latin),
        Withheld("Latin of Arabic", "Arabic script listed", _person, to_arabic),
    ]


# the sample


def _shuffled(parties: Parties, wanted: Callable[[Party], bool], seed: str) -> tuple[list[Party], random.Random]:
    chosen, dice = [party for party in parties.all if wanted(party)], random.Random(seed)  # noqa: S311  (a sample)
    dice.shuffle(chosen)
    return chosen, dice


def _drawn(parties: Parties, one: VariantClass, count: int, seed: int) -> Iterator[Case]:
    """A variant each of up to ``count`` parties; none that a list prints as a name of the party."""
    chosen, dice = _shuffled(parties, one.drawn_from, f"{seed} {one.family} {one.title}")
    for party in chosen:
        own = parties.own(party.key)
        new = [(name, variant) for name, variant in one.spelt(party) if own.isdisjoint(parties.bears(variant))]
        if new and count > 0:
            name, variant = dice.choice(new)
            count -= 1
            yield Case(one.family, one.title, variant, name, party.key)


def sample(parties: Parties, count: int, seed: int) -> list[Case]:
    """Up to ``count`` cases of every class that is made by rule."""
    return [case for one in classes() for case in _drawn(parties, one, count, seed)]


def withheld_sample(parties: Parties, count: int, seed: int) -> tuple[list[Case], dict[Key, frozenset[str]]]:
    """Up to ``count`` cases of the other classes, and the names to leave out; no party serves two of them."""
    cases: list[Case] = []
    hidden: dict[Key, frozenset[str]] = {}
    for one in withheld_classes():
        chosen, _ = _shuffled(parties, one.drawn_from, f"{seed} {one.family} {one.title}")
        for party in chosen:
            if sum(case[:2] == (one.family, one.title) for case in cases) >= count:
                break
            found = withhold(parties, party, one, hidden)
            cases += found
    return cases, hidden


def withhold(parties: Parties, party: Party, one: Withheld, hidden: dict[Key, frozenset[str]]) -> Sequence[Case]:
    """The party's case, whose names go into ``hidden``; none where the party or a double of it is in there."""
    own, asks = parties.own(party.key), one.asks(party)
    if asks is None or not own.isdisjoint(hidden):
        return ()
    query, names = asks
    hidden |= {key: names(parties[key].target) for key in own}
    kept = next(name.text for name in party.target.strong_names if name.text not in hidden[party.key])
    return [Case(one.family, one.title, query, kept, party.key)]
