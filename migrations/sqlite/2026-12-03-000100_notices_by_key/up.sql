-- What was told of one thing is put aside together: the keys of its notices begin alike.
CREATE INDEX notices_open_by_key ON notices (once_key) WHERE seen_at IS NULL OR mail_state = 'waiting';
