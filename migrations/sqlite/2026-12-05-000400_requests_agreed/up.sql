-- Where all that a request in review needs is said without anybody's word, because somebody sits among its approvers again: the
-- content version by which that is so. Whoever sweeps by it, or by a later one, takes the step that is left, and null stands here
-- again. What waits already may be like that: it is looked at once.
ALTER TABLE requests ADD COLUMN agreed_under BIGINT;
CREATE INDEX requests_agreed ON requests (agreed_under, person_id) WHERE agreed_under IS NOT NULL;
UPDATE requests SET agreed_under = 0 WHERE state = 'in_review';
