"""Deciding: the rule, votes, the packet of one candidate, the comparison."""
