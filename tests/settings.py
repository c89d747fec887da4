"""Settings of the tests: the portal's own, with a folder that is thrown away and quick password hashes."""

import atexit
import os
import shutil
import tempfile

os.environ["PORTAL_TESTING"] = "1"
if "PORTAL_VAR" not in os.environ:
    os.environ["PORTAL_VAR"] = tempfile.mkdtemp(prefix="pcn-portal-")
    atexit.register(shutil.rmtree, os.environ["PORTAL_VAR"], ignore_errors=True)

from pcnportal.settings import *  # noqa: F403

# A real hash takes a quarter of a second, many times over.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Each test client makes the middleware anew: without this each would read the folder of static files.
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405
    # Nothing that a test commits outlives it, so no commit waits for the disk.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"  # noqa: F405
