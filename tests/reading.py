"""A person who is signed in, the buttons that are offered, and the rows of a file."""

import csv
import html as markup
import io
import re
from typing import Any

from django.test import Client

from pcnportal.people.models import User


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def buttons(response: Any) -> list[str]:
    """The words on the links that look like buttons."""
    found = re.findall(r'<a class="nhsuk-button[^"]*"[^>]*>(.*?)</a>', response.content.decode(), re.DOTALL)
    return [" ".join(markup.unescape(text).split()) for text in found]


def rows(response: Any) -> list[dict[str, str]]:
    """A CSV file as a list of rows."""
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))
