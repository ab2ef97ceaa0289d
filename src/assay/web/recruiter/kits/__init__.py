"""A role's interview kits, inviting to them, the debrief."""
