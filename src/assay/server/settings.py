"""Django settings (being laid down)."""

SECRET_KEY = "laid down in the next commit"  # noqa: S105 -- replaced by the real settings
USE_TZ = True
INSTALLED_APPS: list[str] = []
