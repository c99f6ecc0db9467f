-- When each answer was saved for the first time: what authors' time per question rests on. Later saves leave it alone.
-- None where it is not known any more.
ALTER TABLE answers ADD COLUMN first_saved_at BIGINT;
UPDATE answers SET first_saved_at = saved_at WHERE revision = 1;
UPDATE answers SET first_saved_at = (
    SELECT MIN(e.at) FROM events e
    WHERE e.subject_id = answers.attempt_id AND e.kind = 'attempt.answer_saved'
        AND e.data LIKE '%"no":' || answers.question_no || ',"revision":1}')
WHERE revision > 1;
