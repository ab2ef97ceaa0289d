"""From evidence to a human decision: the registered rule, votes, the packet, the answer to the candidate, the offer."""
