-- Nobody has ordered, nothing came back, and the scraper never ran.

INSERT INTO merchants VALUES
    (1, 'First', 'NL', 'one@first.example', '2026-06-01'),
    (2, 'Second', NULL, NULL, '2026-06-02');

INSERT INTO products VALUES
    (1, 1, 'Pen', 'office', 2.0),
    (2, 1, 'Ink', NULL, NULL);
