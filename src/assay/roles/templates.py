"""The role templates that ship with Assay, read from ``content/roles``."""

from functools import cache

import msgspec
import yaml

from assay.core.content import content_path
from assay.roles.profile import Demand, Outcome, RoleProfile, Struct


class TemplateDemand(Struct, frozen=True, kw_only=True):
    """One competency of a template."""

    competency: str
    level: int
    weight: float
    is_must_have: bool = False
    why: str = ""


class RoleTemplate(Struct, frozen=True, kw_only=True):
    """A role to begin with; weights sum to one hundred."""

    id: str
    title: str
    summary: str
    outcomes: tuple[str, ...]
    demands: tuple[TemplateDemand, ...]

    def profile(self) -> RoleProfile:
        """Yield the template as a profile."""
        return RoleProfile(
            title=self.title,
            summary=self.summary,
            outcomes=tuple(Outcome(text=text) for text in self.outcomes),
            demands=tuple(
                Demand(
                    competency=demand.competency,
                    level=demand.level,
                    weight=demand.weight,
                    is_must_have=demand.is_must_have,
                    why=demand.why,
                )
                for demand in self.demands
            ),
            template=self.id,
        )


@cache
def templates() -> tuple[RoleTemplate, ...]:
    """Yield all templates by title."""
    folder = content_path() / "roles"
    read = [_template(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))]
    return tuple(sorted(read, key=lambda template: template.title))


def template_of(template_id: str) -> RoleTemplate | None:
    """Yield one template, None where there is none of that id."""
    return next((template for template in templates() if template.id == template_id), None)


def _template(text: str) -> RoleTemplate:
    return msgspec.convert(yaml.load(text, Loader=yaml.CSafeLoader), RoleTemplate)
