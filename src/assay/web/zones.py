"""The time zones that a form offers."""

from zoneinfo import available_timezones

ZONES = (*sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")), "UTC")
"""Every place of the tz database, and UTC."""
