"""Azure: what a role on a higher level gives below, what an archive costs that is emptied too soon."""

from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="azure", licence="Apache-2.0")
SCOPES = ("subscription S", "resource group G in S", "storage account D in G", "resource group H in S")
ABOVE = {SCOPES[0]: (SCOPES[0],), SCOPES[1]: SCOPES[:2], SCOPES[2]: SCOPES[:3], SCOPES[3]: (SCOPES[0], SCOPES[3])}
ROLES = ("Reader", "Contributor", "Owner")
MAY = {
    "": "Neither see it nor change it",
    "Reader": "See it, but neither change it nor give others roles",
    "Contributor": "See it and change it, but give nobody else a role",
    "Owner": "See it, change it and give others roles on it",
}


def _roles(rng: np.random.Generator) -> Variant:
    places = [str(one) for one in rng.choice(SCOPES, 2, replace=False)]
    given = [(place, str(rng.choice(ROLES))) for place in places]
    asked = str(rng.choice(SCOPES[1:]))
    held = [ROLES.index(role) for place, role in given if place in ABOVE[asked]]
    best = ROLES[max(held)] if held else ""
    told = " and ".join(f"**{role}** on {place}" for place, role in given)
    return choice(
        rng,
        stem=f"Somebody has the role {told}, and no other role anywhere; there are no deny assignments. What may they do with the {asked} itself?",
        right=MAY[best],
        wrong=[(text, "roles are not handed down, or are handed up or sideways") for name, text in MAY.items() if name != best],
        explanation="A role assignment holds for its scope and everything below it, and assignments add up. Nothing goes up or to a neighbour.",
    )  # fmt: skip


def _check_roles(variant: Variant) -> None:
    parent = {
        "storage account D": "resource group G",
        "resource group G": "subscription S",
        "resource group H": "subscription S",
    }
    told, asked = (
        variant.stem.split(", and no other role")[0],
        variant.stem.split("do with the ")[1].split(" itself")[0],
    )
    given = {
        part.split(" on ")[1].split(" in ")[0]: part.split("**")[1]
        for part in told.split("the role ")[1].split(" and ")
    }
    place, power = asked.split(" in ")[0], 0
    while place:
        power = max(power, 1 + ROLES.index(given[place]) if place in given else 0)
        place = parent.get(place, "")
    want = ["Neither see", "See it, but", "See it and change", "See it, change it and give"][power]
    require(holds=chosen_text(variant).startswith(want), what="walking up from the resource")


def _archive(rng: np.random.Generator) -> Variant:
    size, price = int(rng.choice([10, 20, 50, 100])), int(rng.choice([1, 2]))
    days = int(rng.choice([20, 45, 60, 90, 120, 150, 210, 240]))
    return number(
        stem=f"A team puts {size} TB into the archive tier of blob storage at {price} $ a TB and month (of 30 days) and deletes it after {days} days. How "
        "many dollars does the **keeping** cost, the fee for early deletion included?",
        value=size * price * max(days, 180) / 30, tolerance_rel=0.005,
        explanation="The archive tier is charged for at least 180 days: whoever deletes sooner pays the rest as early deletion.",
    )  # fmt: skip


def _check_archive(variant: Variant) -> None:
    size, price, _, days = numbers_in(variant.stem)
    kept = size * price * days / 30
    early = size * price * max(0.0, 180 - days) / 30
    require(holds=abs(kept + early - value_of(variant)) < 1e-9, what="keeping and early deletion")


FAMILIES = (
    family(
        id="azure/roles-below", title="What a role gives below its scope", kind=Kind.SINGLE, level=2, expected_s=70,
        loadings={"azure": 1.0}, make=_roles, verify=_check_roles,
        source="Own work, after Microsoft Learn, Understand scope for Azure RBAC",
    ),
    family(
        id="azure/early-deletion", title="An archive that is emptied too soon", kind=Kind.NUMERIC, level=3, expected_s=80,
        loadings={"azure": 1.0}, make=_archive, verify=_check_archive,
        source="Own work, after Microsoft Learn, Access tiers for blob data",
    ),
)  # fmt: skip
