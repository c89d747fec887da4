"""Who is above whom. Pure: no database."""

from collections import deque
from collections.abc import Collection, Mapping


def way_up(start: int, goal: int, above: Mapping[int, Collection[int]]) -> list[int]:
    """The shortest way from `start` up to `goal`, both included; empty where there is none.

    `above` gives for each body those that it reports to.
    """
    came_from, waiting = {start: start}, deque([start])
    while waiting:
        here = waiting.popleft()
        if here == goal:
            way = [here]
            while way[-1] != start:
                way.append(came_from[way[-1]])
            return way[::-1]
        for higher in above.get(here, ()):
            if higher not in came_from:
                came_from[higher] = here
                waiting.append(higher)
    return []
