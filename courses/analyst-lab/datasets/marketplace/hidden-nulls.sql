-- Everything that may be NULL is, somewhere.

INSERT INTO merchants VALUES
    (1, 'Uno', NULL, NULL, '2026-01-01'),
    (2, 'Due', NULL, 'due@due.example', '2026-01-01'),
    (3, 'Tre', 'IT', NULL, '2026-02-01'),
    (4, 'Quattro', 'IT', 'q@q.example', '2026-02-01');

INSERT INTO products VALUES
    (1, 1, 'Cup', NULL, NULL),
    (2, 1, 'Plate', NULL, 8.0),
    (3, 2, 'Fork', 'home', NULL),
    (4, 3, 'Spoon', 'home', 4.0),
    (5, 3, 'Knife', 'home', 4.0),
    (6, 4, 'Bowl', NULL, 6.0);

INSERT INTO orders VALUES
    (1, NULL, 1, '2026-03-01', 'delivered', NULL),
    (2, NULL, 1, '2026-03-04', 'paid', NULL),
    (3, 3, 2, '2026-03-04', 'delivered', '2026-03-06'),
    (4, 3, 2, '2026-04-01', 'delivered', NULL),
    (5, 1, 3, '2026-04-05', 'cancelled', NULL),
    (6, 2, 2, '2026-06-30', 'delivered', '2026-07-02'),
    (7, 4, 3, '2026-06-30', 'paid', NULL);

INSERT INTO order_lines VALUES
    (1, 1, 6, 2, 6.0),
    (2, 1, 2, 1, 8.0),
    (3, 1, 4, 3, 4.0),
    (3, 2, 5, 1, 4.0),
    (4, 1, 5, 2, 3.5),
    (5, 1, 2, 1, 8.0),
    (6, 1, 3, 4, 2.0);

INSERT INTO returns VALUES
    (1, 3, 1, 1, '2026-03-09', NULL),
    (2, 3, 1, 1, '2026-03-10', NULL),
    (3, 4, 1, 2, '2026-04-09', NULL),
    (4, 6, 1, 1, '2026-07-05', NULL);

INSERT INTO scraped_prices VALUES
    (1, 4, 'shopzone', NULL, 'EUR', '2026-06-02 06:00'),
    (2, 4, 'shopzone', 5.0, 'EUR', '2026-06-01 06:00'),
    (3, 5, 'shopzone', NULL, 'EUR', '2026-06-01 06:00'),
    (4, 5, 'marketly', 4.5, 'GBP', '2026-06-01 06:00'),
    (5, 5, 'marketly', 3.5, 'EUR', '2026-06-02 06:00'),
    (6, 6, 'marketly', NULL, 'EUR', '2026-06-03 06:00'),
    (7, 2, 'britshop', 7.0, 'GBP', '2026-06-03 06:00');
