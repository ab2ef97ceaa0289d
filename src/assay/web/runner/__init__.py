"""What runners call: no page, no session, a token of their own."""
