-- A marketplace: who sells, what, to whom, what comes back, and what the same things cost elsewhere.

CREATE TABLE merchants (
    merchant_id INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    country     TEXT,              -- NULL: not told yet
    email       TEXT,              -- typed by hand: case and spaces vary
    joined_on   TEXT NOT NULL      -- YYYY-MM-DD
);

CREATE TABLE products (
    product_id  INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL REFERENCES merchants (merchant_id),
    title       TEXT NOT NULL,
    category    TEXT,              -- NULL: not sorted into a category yet
    list_price  REAL               -- in EUR; NULL: not for sale yet
);

CREATE TABLE orders (
    order_id    INTEGER PRIMARY KEY,
    merchant_id INTEGER REFERENCES merchants (merchant_id),   -- NULL: came in without its merchant
    buyer_id    INTEGER NOT NULL,
    ordered_on  TEXT NOT NULL,     -- YYYY-MM-DD
    status      TEXT NOT NULL,     -- paid, shipped, delivered, cancelled
    delivered_on TEXT              -- NULL: not delivered, or nobody noted it
);

CREATE TABLE order_lines (
    order_id    INTEGER NOT NULL REFERENCES orders (order_id),
    line_no     INTEGER NOT NULL,
    product_id  INTEGER NOT NULL REFERENCES products (product_id),
    quantity    INTEGER NOT NULL,
    unit_price  REAL NOT NULL,     -- in EUR
    PRIMARY KEY (order_id, line_no)
);

-- One row each time something came back; a line can come back in several parts.
CREATE TABLE returns (
    return_id   INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL,
    line_no     INTEGER NOT NULL,
    quantity    INTEGER NOT NULL,
    returned_on TEXT NOT NULL,     -- YYYY-MM-DD
    reason      TEXT,              -- NULL: no reason given
    FOREIGN KEY (order_id, line_no) REFERENCES order_lines (order_id, line_no)
);

-- What competitors ask for the same product, as our scraper saw it.
CREATE TABLE scraped_prices (
    scrape_id   INTEGER PRIMARY KEY,
    product_id  INTEGER NOT NULL REFERENCES products (product_id),
    competitor  TEXT NOT NULL,
    price       REAL,              -- NULL: seen, and out of stock
    currency    TEXT NOT NULL,     -- EUR, GBP, …
    scraped_at  TEXT NOT NULL      -- YYYY-MM-DD HH:MM
);
