"""Templates and the outbox of e-mails, notices and webhooks."""
