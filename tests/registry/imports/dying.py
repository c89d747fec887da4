"""Run as a program: imports a file and is killed by the system while it writes.

Arguments: kind, path, after how many bulk writes.
"""

import os
import signal
import sys
from pathlib import Path


def main(kind: str, path: str, after: int) -> None:
    import django

    django.setup()
    from registry.imports import bulk
    from registry.workflow.importing import Asked, import_file

    written = 0
    insert = bulk.insert

    def deadly(*args, **kwargs):
        nonlocal written
        insert(*args, **kwargs)
        written += 1
        if written == after:
            os.kill(os.getpid(), signal.SIGKILL)

    bulk.insert = deadly
    with Path(path).open("rb") as content:
        import_file(Asked(kind, content, Path(path).name))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
