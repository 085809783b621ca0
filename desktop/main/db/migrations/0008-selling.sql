-- What each way of paying has brought in by a sale, what goods that came back have paid for, and what
-- was given back for a return: derived (db/apply-event.ts), for the figures of a shift.
ALTER TABLE sale ADD COLUMN cash_vnd INTEGER NOT NULL DEFAULT 0 CHECK (cash_vnd >= 0);
ALTER TABLE sale ADD COLUMN vietqr_vnd INTEGER NOT NULL DEFAULT 0 CHECK (vietqr_vnd >= 0);
UPDATE sale SET cash_vnd = total_vnd WHERE payment_method = 'cash';
UPDATE sale SET vietqr_vnd = total_vnd WHERE payment_method = 'vietqr';

CREATE TABLE customer_return (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  id TEXT NOT NULL UNIQUE,
  sale_id TEXT NOT NULL,
  slip TEXT NOT NULL,
  at TEXT NOT NULL,
  by_staff TEXT NOT NULL,
  reason TEXT NOT NULL,
  total_vnd INTEGER NOT NULL CHECK (total_vnd >= 0),
  cash_vnd INTEGER NOT NULL CHECK (cash_vnd >= 0),
  vietqr_vnd INTEGER NOT NULL CHECK (vietqr_vnd >= 0),
  -- What of it paid for the sale of an exchange, and that sale.
  credit_vnd INTEGER NOT NULL CHECK (credit_vnd >= 0),
  exchange_sale_id TEXT
) STRICT;

INSERT INTO customer_return
SELECT event.seq, event.id, json_extract(line, '$.data.saleId'), json_extract(line, '$.data.slip'),
  json_extract(line, '$.at'), json_extract(line, '$.by'), json_extract(line, '$.data.reason'),
  json_extract(line, '$.data.totalVnd'), json_extract(line, '$.data.totalVnd'), 0, 0, NULL
FROM event WHERE seq IN (SELECT seq FROM sale_return);

CREATE INDEX customer_return_by_sale ON customer_return (sale_id, seq);

-- Sales that are not finished: those a counter works on, and those set aside, which any counter of
-- the shop may take up. They touch neither stock nor journal and never leave this machine.
CREATE TABLE open_sale (
  id TEXT PRIMARY KEY,
  -- The counter that works on it; NULL while it is parked.
  counter TEXT,
  label TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  line_count INTEGER NOT NULL CHECK (line_count >= 0),
  total_vnd INTEGER NOT NULL CHECK (total_vnd >= 0),
  -- As JSON (shared/rules/open-sale.ts).
  cart TEXT NOT NULL CHECK (json_valid(cart)),
  -- Once it is sold: a counter that still shows it is told so, and cannot sell it again.
  sale_id TEXT
) STRICT, WITHOUT ROWID;

-- Who bought, where somebody wanted it on the slip. In no journal, so that it can be forgotten.
CREATE TABLE sale_customer (
  sale_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  phone TEXT NOT NULL
) STRICT, WITHOUT ROWID;
