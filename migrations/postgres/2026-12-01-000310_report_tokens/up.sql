-- Tokens of a period, whoever got them.
CREATE INDEX tokens_by_time ON tokens (issued_at);
