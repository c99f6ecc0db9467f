-- Whether a grant was reviewed since an instant is asked of each grant of a role with a rule of its own, every few seconds.
CREATE INDEX review_lines_by_grant ON review_lines (grant_id, assigned_at);
