"""The best way to pair two sets one to one.

Pairs worth considering are few, so that the whole falls into small parts that
have nothing to do with each other; each part is solved exactly, by shortest
augmenting paths (Kuhn, Munkres). That needs no numerical library: SciPy's
``linear_sum_assignment`` would bring 30 MB for matrices of a dozen rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: Row and column, each by its number.
Cell = tuple[int, int]


def best_pairs(weights: Mapping[Cell, int]) -> list[Cell]:
    """The pairs, no row and no column twice, whose weights have the greatest sum; sorted.

    Args:
        weights: what each possible pair is worth, more than 0; a pair that is not there may not be chosen.

    Of several best ways one is taken that depends on the numbers of rows and
    columns and on nothing else, and least on rows and columns of other parts.

    >>> best_pairs({(0, 0): 5, (0, 1): 4, (1, 0): 4})
    [(0, 1), (1, 0)]
    """
    return sorted(pair for part in _parts(weights) for pair in _solved(part))


def _parts(weights: Mapping[Cell, int]) -> list[dict[Cell, int]]:
    """The pairs in groups that share no row and no column, in order."""
    above: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while node in above:
            node = above[node]
        return node

    for row, column in sorted(weights):
        one, other = sorted((root(("row", row)), root(("column", column))))
        if one != other:
            above[other] = one
    parts: dict[tuple[str, int], dict[Cell, int]] = {}
    for cell in sorted(weights):
        parts.setdefault(root(("row", cell[0])), {})[cell] = weights[cell]
    return list(parts.values())


def _solved(part: Mapping[Cell, int]) -> list[Cell]:
    rows = sorted({row for row, _ in part})
    columns = sorted({column for _, column in part})
    # A column of its own for every row stands for "left alone", at no cost; what may not be paired costs more.
    costs = [[-part.get((row, column), -1) for column in columns] + [0] * len(rows) for row in rows]
    chosen = _columns(costs)
    return [(row, columns[at]) for row, at in zip(rows, chosen, strict=True) if at < len(columns)]


def _columns(costs: Sequence[Sequence[int]]) -> list[int]:
    """For each row its column, at the least total cost; there are at least as many columns as rows."""
    solver = _Solver(costs)
    for row in range(1, len(costs) + 1):
        solver.place(row)
    chosen = [0] * len(costs)
    for column, row in enumerate(solver.row_at):
        if row and column:
            chosen[row - 1] = column - 1
    return chosen


class _Solver:
    """Rows placed one after another, each along the shortest augmenting path; both are numbered from 1.

    Column 0 holds the row that is being placed.
    """

    def __init__(self, costs: Sequence[Sequence[int]]) -> None:
        self._costs = costs
        self._of_row = [0] * (len(costs) + 1)
        self._of_column = [0] * (len(costs[0]) + 1)
        self.row_at = [0] * (len(costs[0]) + 1)

    def place(self, row: int) -> None:
        """Give a row its column, moving others where that is cheaper."""
        self.row_at[0] = row
        before = [0] * len(self.row_at)
        distance: list[int | None] = [None] * len(self.row_at)
        reached: list[int] = []
        at = 0
        while self.row_at[at]:
            reached.append(at)
            at = self._nearest(at, reached, distance, before)
        while at:
            self.row_at[at] = self.row_at[before[at]]
            at = before[at]

    def _nearest(self, at: int, reached: list[int], distance: list[int | None], before: list[int]) -> int:
        """The column that costs least to reach from those reached; the first of several."""
        row = self.row_at[at]
        nearest, least = 0, None
        for column in range(1, len(self.row_at)):
            if column in reached:
                continue
            cost = self._costs[row - 1][column - 1] - self._of_row[row] - self._of_column[column]
            known = distance[column]
            if known is None or cost < known:
                distance[column], before[column] = cost, at
            known = distance[column]
            if known is not None and (least is None or known < least):
                nearest, least = column, known
        self._lower(least or 0, reached, distance)
        return nearest

    def _lower(self, by: int, reached: list[int], distance: list[int | None]) -> None:
        for column in reached:
            self._of_row[self.row_at[column]] += by
            self._of_column[column] -= by
        for column, known in enumerate(distance):
            if known is not None and column not in reached:
                distance[column] = known - by
