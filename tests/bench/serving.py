"""The portal served by gunicorn as `make run` does, and what its pages take, measured side by side."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
OFFICER, PASSWORD = "officer@bench.example", "a-long-password-of-the-bench"


def environment(database: str, folder: Path) -> dict[str, str]:
    """The demo's settings over a database and a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PORTAL_TESTING", "SECRET_KEY")}
    return kept | {
        "PORTAL_DEMO": "1",
        "PORTAL_VAR": str(folder),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "pcnportal.settings",
    }


def run(command: list[str], env: dict[str, str]) -> str:
    """What a command of Python prints; its errors end the bench."""
    made = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True
    )
    return made.stdout


class Client:
    """One person with a browser that keeps its connection and its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        body = None if form is None else urlencode(form)
        self.connection.request("POST" if body else "GET", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text

    def sign_in(self, username: str, password: str) -> None:
        _, page = self.ask("/sign-in/")
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        token = found[1] if found else ""
        status, _ = self.ask(
            "/sign-in/", {"username": username, "password": password, "csrfmiddlewaretoken": token}
        )
        assert status == 302, f"signing in answered {status}"

    def seconds(self, path: str) -> float:
        begun = time.perf_counter()
        status, _ = self.ask(path)
        taken = time.perf_counter() - begun
        assert status == 200, f"{path} answered {status}"
        return taken


@contextmanager
def served(env: dict[str, str]) -> Iterator[Client]:
    """A gunicorn with two workers and somebody who has signed in."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-m", "gunicorn", "tests.bench.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command += ["--threads", "4", "--log-level", "warning", "--keep-alive", "600"]
    server = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=env)
    try:
        wait_for(port)
        client = Client(port)
        client.sign_in(OFFICER, PASSWORD)
        yield client
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("gunicorn does not answer")


def against(one: tuple[Client, str], *others: tuple[Client, str], rounds: int) -> list[float]:
    """How many times the time of `one` each of the others takes: medians of pairs, asked in turns."""
    for client, path in (one, *others):
        for _ in range(3):
            client.seconds(path)
    found: list[list[float]] = [[] for _ in others]
    for _ in range(rounds):
        for ratios, (client, path) in zip(found, others, strict=True):
            ratios.append(client.seconds(path) / one[0].seconds(one[1]))
    return [median(ratios) for ratios in found]
