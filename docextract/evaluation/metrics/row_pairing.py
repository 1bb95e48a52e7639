"""Optimal pairing of rows: maximum-weight assignment (Jonker-Volgenant)."""

from collections.abc import Sequence

_FAR = float("inf")


def best_pairs(worth: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (row, column) whose worths have the largest sum; each is in one pair at most.

    Pairs worth nothing are left out. Shortest augmenting paths, in O(rows^2 x columns): Jonker
    and Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment
    problems", Computing 38 (1987), in the plain form without its initial heuristics.
    """
    if not worth or not worth[0]:
        return []
    if len(worth) > len(worth[0]):
        turned = best_pairs([list(column) for column in zip(*worth, strict=True)])
        return sorted((row, column) for column, row in turned)
    taken = _assigned(worth)
    return sorted(
        (row, column) for column, row in taken.items() if row >= 0 and worth[row][column] > 0
    )


def _assigned(worth: Sequence[Sequence[float]]) -> dict[int, int]:
    """Column -> its row. Costs are the negated worths; `up` and `down` are the dual values."""
    wide = len(worth[0])
    up, down = [0.0] * len(worth), [0.0] * wide
    taken = dict.fromkeys(range(wide), -1)
    for start in range(len(worth)):
        distance, before = [_FAR] * wide, [-1] * wide
        done: list[tuple[int, int]] = []  # (row, the column it was reached by)
        open_columns = set(range(wide))
        row, column, here = start, -1, 0.0
        while row >= 0:
            done.append((row, column))
            for other in open_columns:
                cost = here - worth[row][other] - up[row] - down[other]
                if cost < distance[other]:
                    distance[other], before[other] = cost, column
            column = min(open_columns, key=lambda one: (distance[one], one))
            here = distance[column]
            open_columns.remove(column)
            row = taken[column]
        for reached, by in done:
            up[reached] += here - (distance[by] if by >= 0 else 0.0)
            if by >= 0:
                down[by] -= here - distance[by]
        while column >= 0:
            taken[column] = taken[before[column]] if before[column] >= 0 else start
            column = before[column]
    return taken
