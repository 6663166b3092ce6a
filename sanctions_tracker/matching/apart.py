"""Many names taken apart, each different one once.

No numpy here: what is wrong with a name shows when an index is made of it,
and an index that is never asked is never encoded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.matching.comparison import folded_name
from sanctions_tracker.names.tokens import Token, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sanctions_tracker.names.folding import Folded


@attrs.frozen(eq=False)
class Apart:
    """Names as words: ``rows[i]`` are the numbers among ``words`` of the i-th different name's words.

    ``texts`` are the different texts; ``text_of`` tells for each name as given which is its
    text, ``name_of`` for each text which different name it is.
    """

    words: Sequence[Token]
    rows: Sequence[tuple[int, ...]]
    texts: Sequence[str]
    text_of: Sequence[int]
    name_of: Sequence[int]

    def __len__(self) -> int:
        return len(self.rows)

    def tokens(self, name: int) -> tuple[Token, ...]:
        """The words of a different name."""
        return tuple([self.words[word] for word in self.rows[name]])


def taken_apart(names: Iterable[str], kind: str | None = None) -> Apart:
    """Take names apart; ``kind`` is as in `tokens_of`.

    Raises:
        InvalidNameError: where one of the names holds no letter and no digit.
    """
    texts: dict[str, int] = {}
    text_of = [texts.setdefault(name, len(texts)) for name in names]
    known: dict[Token, int] = {}
    rows: dict[tuple[int, ...], int] = {}
    by_folded: dict[Folded, int] = {}
    name_of = []
    for folded in map(folded_name, texts):
        name = by_folded.get(folded)
        if name is None:
            row = tuple([known.setdefault(token, len(known)) for token in tokens_of(folded, kind)])
            name = by_folded[folded] = rows.setdefault(row, len(rows))
        name_of.append(name)
    return Apart(tuple(known), tuple(rows), tuple(texts), text_of, name_of)
