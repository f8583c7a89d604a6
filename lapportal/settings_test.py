"""Settings of the tests: the portal's own, with keys that protect nothing."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests-only")
os.environ.setdefault("FIELD_ENCRYPTION_KEYS", "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=")
os.environ.setdefault("BLIND_INDEX_KEY", "tests-only")
if "DATA_DIR" not in os.environ:  # the workers of pytest-xdist share that of their parent
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="lapportal-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
os.environ["HTTPS_ONLY"] = "0"
os.environ["DEBUG"] = "0"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["LOG_LEVEL"] = "WARNING"

from lapportal.settings import *  # noqa: F403

# Files of one pytest-xdist worker: a test that looks at what is there must not see what another writes.
MEDIA_ROOT = Path(os.environ["DATA_DIR"], "files", os.environ.get("PYTEST_XDIST_WORKER", ""))

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
WHITENOISE_AUTOREFRESH = True
