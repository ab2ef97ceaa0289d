import json
import os
import subprocess
import sys

SHOW = """
import json
from assay.server import settings as s
print(json.dumps([s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE,
                  s.IS_TLS, s.ALLOWED_HOSTS[0], s.CSRF_TRUSTED_ORIGINS, hasattr(s, "SECURE_PROXY_SSL_HEADER")]))
"""


def settings_with(tmp_path, **environment):
    ours = {name: value for name, value in os.environ.items() if not name.startswith("ASSAY_")}
    answer = subprocess.run(
        [sys.executable, "-c", SHOW],
        env=ours | {"ASSAY_HOME": str(tmp_path), "DATABASE_URL": "postgresql://localhost/x"} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


def test_cookies_under_tls_belong_to_this_host_alone(tmp_path):
    shown = settings_with(tmp_path, ASSAY_URL="https://hiring.example")
    assert shown == [
        "__Host-assay-session", True, "__Host-assay-csrf", True, True,
        "hiring.example", ["https://hiring.example"], False,
    ]  # fmt: skip


def test_cookies_without_tls_travel_openly(tmp_path):
    assert settings_with(tmp_path)[:5] == ["assay-session", False, "assay-csrf", False, False]
