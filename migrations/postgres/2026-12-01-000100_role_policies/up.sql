-- Which policy a role had, from when until when: open while until_at is null. A role that left the catalogue has none open.
CREATE TABLE role_policies (
    role_id         TEXT NOT NULL REFERENCES roles (id),
    policy_id       TEXT NOT NULL REFERENCES policies (id),
    from_at         BIGINT NOT NULL,
    until_at        BIGINT,
    PRIMARY KEY (role_id, from_at, policy_id),
    CHECK (until_at IS NULL OR from_at <= until_at)
);
CREATE UNIQUE INDEX role_policies_open ON role_policies (role_id) WHERE until_at IS NULL;
CREATE INDEX role_policies_by_policy ON role_policies (policy_id);

-- What was recorded before: each policy counts from when it was first loaded for the role until the next one was.
INSERT INTO role_policies (role_id, policy_id, from_at, until_at)
SELECT p.role_id, p.id, p.created_at,
    (SELECT MIN(n.created_at) FROM policies n WHERE n.role_id = p.role_id AND n.created_at > p.created_at)
FROM policies p JOIN roles r ON r.id = p.role_id
WHERE p.id <> r.policy_id
  AND EXISTS (SELECT 1 FROM policies n WHERE n.role_id = p.role_id AND n.created_at > p.created_at);
-- The one in force: since it was first loaded, or, where a role went back to an older one or shares it with another role, since
-- the last one that is known to have been in force before it.
INSERT INTO role_policies (role_id, policy_id, from_at, until_at)
SELECT r.id, r.policy_id,
    COALESCE((SELECT MAX(o.until_at) FROM role_policies o WHERE o.role_id = r.id), p.created_at), NULL
FROM roles r JOIN policies p ON p.id = r.policy_id
WHERE NOT r.retired;
