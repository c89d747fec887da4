"""What a line of staff was reckoned from, in words for a machine."""

from __future__ import annotations

from funding.claims import Claimed


def staff_said(claimed: Claimed) -> str:
    """JSON: the baseline, the list that decides how many posts count, the posts, and the costs agreed.

    A post is its id, WTE, first day and first day vacant; a cost its month, post and pounds.
    """
    role = claimed.role
    posts = [
        f'[{post.pk}, "{post.wte!s}", "{post.starts_on!s}", {_said(post.ends_on)}]' for post in role.posts
    ]
    costs = [
        f'["{day}", {post}, "{of[post]!s}"]'
        for month, of in claimed.costs.items()
        for day in (month.isoformat(),)
        for post in sorted(of)
    ]
    return (
        f'{{"baseline": {_said(role.baseline)}, "patients": {_said(role.patients)},'
        f' "posts": [{", ".join(posts)}], "costs": [{", ".join(costs)}]}}'
    )


def _said(value: object) -> str:
    return "null" if value is None else f'"{value}"'
