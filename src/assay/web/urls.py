"""Every page of the site. A page of members lies under ``o/<organisation>/``; each area has its own file."""

from django.urls import URLPattern, URLResolver, include, path

from assay.web import health, start

MEMBER_AREAS: tuple[tuple[str, str, str], ...] = (
    ("roles/", "assay.web.recruiter.roles.urls", "roles"),
    ("roles/", "assay.web.recruiter.shortlist.urls", "shortlist"),
    ("roles/", "assay.web.recruiter.board.urls", "board"),
    ("roles/", "assay.web.recruiter.pool.urls", "pool"),
    ("roles/", "assay.web.recruiter.kits.urls", "kits"),
    ("competencies/", "assay.web.recruiter.competencies.urls", "competencies"),
    ("people/", "assay.web.recruiter.people.urls", "people"),
    ("ledger/", "assay.web.recruiter.ledger.urls", "ledger"),
    ("imports/", "assay.web.recruiter.imports.urls", "imports"),
    ("duplicates/", "assay.web.recruiter.duplicates.urls", "duplicates"),
    ("tasks/", "assay.web.recruiter.tasks.urls", "tasks"),
    ("assess/", "assay.web.recruiter.assessments.urls", "assessments"),
    ("knowledge/", "assay.web.recruiter.knowledge.urls", "knowledge"),
    ("portfolios/", "assay.web.recruiter.portfolios.urls", "portfolios"),
    ("bank/", "assay.web.author.bank.urls", "bank"),
    ("questions/", "assay.web.author.families.urls", "families"),
    ("interviews/", "assay.web.interviewer.interviews.urls", "interviews"),
    ("decisions/", "assay.web.recruiter.decisions.urls", "decisions"),
    ("trail/", "assay.web.auditor.trail.urls", "trail"),
    ("settings/", "assay.web.administrator.settings.urls", "settings"),
)
"""(path, module of its urls, namespace); an area's urls take the organisation's slug first."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", start.start, name="start"),
    path("", include("assay.web.account.urls")),
    path("accounts/", include("allauth.urls")),
    path("metrics", health.metrics, name="metrics"),
    path("t/<str:token>/", include("assay.web.candidate.assessments.urls")),
    path("k/<str:token>/", include("assay.web.candidate.knowledge.urls")),
    path("i/<str:token>/", include("assay.web.candidate.interviews.urls")),
    path("d/<str:token>/", include("assay.web.candidate.decisions.urls")),
    path("w/<str:token>/", include("assay.web.candidate.portfolios.urls")),
    path("runner/v1/", include("assay.web.runner.urls")),
    *(path(f"o/<slug:org>/{prefix}", include((module, namespace))) for prefix, module, namespace in MEMBER_AREAS),
]
