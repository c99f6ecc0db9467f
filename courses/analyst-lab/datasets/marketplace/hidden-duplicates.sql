-- The same thing more than once, wherever that may be.

INSERT INTO merchants VALUES
    (1, 'Same', 'FR', 'a@same.example', '2026-01-09'),
    (2, 'Same', 'FR', 'A@SAME.example ', '2026-01-03'),
    (3, 'Same', 'FR', 'a@same.example', '2026-01-03'),
    (4, 'Other', 'DE', 'b@other.example', '2026-01-03'),
    (5, 'Third', 'DE', 'B@other.example', '2026-05-01'),
    (6, 'Fourth', 'PT', 'c@fourth.example', '2026-05-01');

INSERT INTO products VALUES
    (1, 1, 'Box', 'home', 10.0),
    (2, 1, 'Box', 'home', 10.0),
    (3, 2, 'Tin', 'home', 10.0),
    (4, 4, 'Jar', 'food', 7.0),
    (5, 4, 'Jar', 'food', 9.0),
    (6, 4, 'Lid', 'food', 9.0),
    (7, 6, 'Can', 'food', 3.0);

INSERT INTO orders VALUES
    (1, 1, 7, '2026-05-01', 'delivered', '2026-05-02'),
    (2, 1, 7, '2026-05-01', 'delivered', '2026-05-02'),
    (3, 2, 7, '2026-05-02', 'delivered', '2026-05-02'),
    (4, 4, 8, '2026-05-02', 'delivered', '2026-05-09'),
    (5, 4, 8, '2026-06-02', 'delivered', '2026-06-09'),
    (6, 4, 9, '2026-05-02', 'shipped', NULL),
    (7, 4, 9, '2026-05-30', 'delivered', '2026-06-02'),
    (8, 4, 9, '2026-06-30', 'delivered', '2026-07-02');

INSERT INTO order_lines VALUES
    (1, 1, 1, 2, 10.0),
    (1, 2, 1, 2, 10.0),
    (2, 1, 1, 2, 10.0),
    (2, 2, 2, 1, 10.0),
    (3, 1, 3, 4, 9.5),
    (4, 1, 4, 3, 7.0),
    (4, 2, 5, 3, 9.0),
    (5, 1, 4, 1, 7.0),
    (6, 1, 6, 2, 9.0),
    (7, 1, 6, 2, 9.0),
    (7, 2, 6, 1, 9.0),
    (8, 1, 5, 1, 9.0);

INSERT INTO returns VALUES
    (1, 1, 1, 1, '2026-05-05', 'damaged'),
    (2, 1, 1, 1, '2026-05-05', 'damaged'),
    (3, 1, 2, 1, '2026-05-05', 'damaged'),
    (4, 4, 1, 1, '2026-05-12', NULL),
    (5, 4, 1, 1, '2026-05-12', NULL),
    (6, 4, 1, 1, '2026-05-13', NULL),
    (7, 4, 2, 1, '2026-05-13', 'too small'),
    (8, 7, 1, 2, '2026-06-10', 'too small');

INSERT INTO scraped_prices VALUES
    (1, 1, 'shopzone', 9.0, 'EUR', '2026-06-01 06:00'),
    (2, 1, 'shopzone', 9.0, 'EUR', '2026-06-01 06:00'),
    (3, 1, 'shopzone', 8.0, 'EUR', '2026-06-01 06:00'),
    (4, 1, 'shopzone', 8.5, 'EUR', '2026-06-01 05:00'),
    (5, 4, 'shopzone', 6.0, 'EUR', '2026-05-31 06:00'),
    (6, 4, 'marketly', 6.5, 'EUR', '2026-06-01 06:00'),
    (7, 4, 'marketly', 6.5, 'EUR', '2026-06-02 06:00'),
    (8, 4, 'marketly', 6.5, 'EUR', '2026-06-02 07:00'),
    (9, 4, 'marketly', 6.0, 'EUR', '2026-06-03 06:00'),
    (10, 4, 'shopzone', 6.0, 'EUR', '2026-06-30 06:00'),
    (11, 4, 'shopzone', 6.0, 'EUR', '2026-07-01 06:00');
