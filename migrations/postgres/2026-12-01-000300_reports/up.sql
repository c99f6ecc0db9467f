-- What the reports go by: the grant of a request, and what was decided and given in a period.
CREATE INDEX grants_by_request ON grants (request_id);
CREATE INDEX grants_by_given ON grants (granted_at, id);
CREATE INDEX decisions_by_time ON decisions (at, id);
