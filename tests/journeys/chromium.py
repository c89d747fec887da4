"""Which Chromium the browser journeys drive."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
NOT_FOUND = "Browser journeys were SKIPPED: no Chromium found. Install Debian's chromium, or set CHROMIUM."


def find_chromium() -> str | None:
    """The browser's path: CHROMIUM from the environment, else the first of the usual names on PATH."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)
