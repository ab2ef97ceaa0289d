"""What a browser may do with a page of ours: headers on every answer."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HSTS_SECONDS = 365 * 24 * 60 * 60

PERMISSIONS = ", ".join(
    [
        *(f"{name}=()" for name in ("camera", "microphone", "geolocation", "payment", "usb", "serial", "midi")),
        *(f"{name}=()" for name in ("accelerometer", "gyroscope", "magnetometer", "display-capture")),
        *(f"{name}=(self)" for name in ("publickey-credentials-get", "publickey-credentials-create")),
    ]
)


def content_security_policy(*, style_nonce: str = "") -> str:
    """Yield the policy: everything from here, no script and no style in the page itself.

    ``style_nonce`` lets the code editor put its own style sheet into the one page that names it.

    Single ``style`` attributes are allowed (a place on a page image is a number that the server knows). A form may
    lead to the identity provider, since the browser holds redirects after a form to ``form-action`` too.
    """
    provider = urlsplit(settings.OIDC_ISSUER)
    form_targets = f"'self' {provider.scheme}://{provider.netloc}" if provider.netloc else "'self'"
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": f"'self' 'nonce-{style_nonce}'" if style_nonce else "'self'",
        "style-src-attr": "'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "media-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
        "form-action": form_targets,
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class SecurityHeadersMiddleware:
    """Adds the headers that Django has no setting for, and keeps pages of signed-in people out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = content_security_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers; what a view has set itself stays."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.IS_TLS:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={HSTS_SECONDS}")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
