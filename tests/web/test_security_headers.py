import re
from pathlib import Path

from django.http import HttpResponse
from django.test import RequestFactory

import assay.web
from assay.web.security import SecurityHeadersMiddleware, content_security_policy


def answer(headers=None):
    middleware = SecurityHeadersMiddleware(lambda _request: HttpResponse(headers=headers))
    return middleware(RequestFactory().get("/"))


def test_policy_allows_no_script_in_a_page():
    rules = dict(rule.split(" ", 1) for rule in content_security_policy().split("; "))
    assert (rules["script-src"], rules["style-src"], rules["default-src"]) == ("'self'", "'self'", "'none'")
    assert rules["form-action"] == "'self'"


def test_policy_lets_the_sign_in_form_lead_to_the_identity_provider(settings):
    settings.OIDC_ISSUER = "https://id.example/realms/acme"
    assert "form-action 'self' https://id.example;" in content_security_policy()


def test_hsts_under_tls_only(settings):
    assert "Strict-Transport-Security" not in answer()
    settings.IS_TLS = True
    assert answer()["Strict-Transport-Security"] == "max-age=31536000"


def test_what_a_view_has_set_stays():
    assert answer({"Content-Security-Policy": "sandbox"})["Content-Security-Policy"] == "sandbox"


def test_no_template_holds_a_script_or_a_style_of_its_own():
    folder = Path(assay.web.__file__).parent / "templates"
    # A mail, and files that a reader opens without the site.
    beyond_the_site = {folder / path for path in ("messages/layout.html", "portfolio/file.html", "shortlist/file.html")}
    found = {
        str(path.relative_to(folder)): match.group()
        for path in folder.rglob("*.html")
        if path not in beyond_the_site
        and (match := re.search(r"<style|\son[a-z]+=|<script(?![^>]*(src=|application/json))", path.read_text()))
    }
    assert found == {}
