"""Settings of the test run: the product's own, over a database that lives as long as the run."""

import os
import tempfile

if "ASSAY_HOME" not in os.environ or not os.environ.get("ASSAY_TEST_RUN"):
    # Set before the product's settings are read; workers of a parallel run inherit it.
    os.environ["ASSAY_HOME"] = tempfile.mkdtemp(prefix="assay-test-")
    os.environ["ASSAY_TEST_RUN"] = "1"
os.chmod(os.environ["ASSAY_HOME"], 0o755)  # noqa: S103, PTH101 -- as root the database runs as another account
os.environ.setdefault("ASSAY_DEVELOPMENT", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the product sets it, before numpy is loaded

from assay.server.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
