-- In whose place a line of a review was answered; null where it was answered by whoever was asked. What was decided stays decided.
ALTER TABLE review_lines ADD COLUMN on_behalf_of TEXT REFERENCES persons (id);
CREATE TRIGGER review_lines_decided_for BEFORE UPDATE OF on_behalf_of ON review_lines FOR EACH ROW
    WHEN (OLD.decided_at IS NOT NULL)
    EXECUTE FUNCTION habilis_refuse('this was decided');
