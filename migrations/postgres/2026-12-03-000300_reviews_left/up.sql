-- A line of a review that is handed to nobody by name is handed to the admins: whoever was asked has left.
ALTER TABLE review_delegations ALTER COLUMN to_id DROP NOT NULL;
