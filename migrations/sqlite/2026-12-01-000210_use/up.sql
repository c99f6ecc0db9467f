-- When a token of a grant was last verified (introspection, /verify), kept to the hour: when it was made is told by `tokens`.
-- Times only ever rise, whoever reports late.
CREATE TABLE grant_verifications (
    grant_id        TEXT PRIMARY KEY REFERENCES grants (id),
    first_at        BIGINT NOT NULL,
    last_at         BIGINT NOT NULL,
    CHECK (first_at <= last_at)
);
