"""The item bank: families of questions whose key is worked out by code. Pure: no Django, no database."""
