-- A line of a review that is handed to nobody by name is handed to the admins: whoever was asked has left.
ALTER TABLE review_delegations RENAME TO review_delegations_before;
CREATE TABLE review_delegations (
    id              TEXT PRIMARY KEY,
    line_id         TEXT NOT NULL REFERENCES review_lines (id),
    from_id         TEXT REFERENCES persons (id),
    to_id           TEXT REFERENCES persons (id),
    delegated_by    TEXT NOT NULL,
    at              BIGINT NOT NULL,
    comment         TEXT NOT NULL
);
INSERT INTO review_delegations SELECT id, line_id, from_id, to_id, delegated_by, at, comment FROM review_delegations_before;
DROP TABLE review_delegations_before;
CREATE INDEX review_delegations_by_line ON review_delegations (line_id, at);
