"""Reading pages of actions in tests."""

from typing import Any

from tests.reading import signed_in

LIST = "/governance/actions/"


def text(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode())


def page(user, path, **asked):
    response = signed_in(user).get(path, asked)
    assert response.status_code == 200
    return text(response)
