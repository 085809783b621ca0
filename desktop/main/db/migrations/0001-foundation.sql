-- The till's database (protocol.md §1, §8). The journal is the truth; `movement`, `stock`, `sale`,
-- `void` and `price` are derived from it and can be thrown away (db/rebuild.ts). The catalogue is the
-- centre's. Answers given to commands and the state of sync are this installation's own.

CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  at TEXT NOT NULL,
  line TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

-- I3: a stored event never changes.
CREATE TRIGGER event_is_never_updated BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'I3: a stored event never changes'); END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'I3: a stored event is never deleted'); END;

-- I1, I2: without gap, each behind the one before; also stops INSERT OR REPLACE, which would delete.
CREATE TRIGGER event_follows_the_last BEFORE INSERT ON event
BEGIN
  SELECT RAISE(ABORT, 'I1: seq is 1, 2, 3 … without gap')
  WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
    OR json_extract(NEW.line, '$.seq') IS NOT NEW.seq;
  SELECT RAISE(ABORT, 'I2: an event carries the hash of the one before')
  WHERE json_extract(NEW.line, '$.prev') IS NOT coalesce(
    (SELECT hash FROM event WHERE seq = NEW.seq - 1),
    '0000000000000000000000000000000000000000000000000000000000000000'
  );
  SELECT RAISE(ABORT, 'I3: a document is stored once')
  WHERE EXISTS (SELECT 1 FROM event WHERE id = NEW.id);
END;

CREATE TABLE movement (
  seq INTEGER NOT NULL REFERENCES event (seq),
  line INTEGER NOT NULL CHECK (line >= 0),
  drug TEXT NOT NULL,
  lot TEXT NOT NULL,
  expires_on TEXT NOT NULL CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  kind TEXT NOT NULL CHECK (kind IN ('opening', 'receipt', 'sale', 'void')),
  units INTEGER NOT NULL CHECK (units <> 0),
  amount_vnd INTEGER NOT NULL CHECK (amount_vnd >= 0),
  PRIMARY KEY (seq, line)
) STRICT, WITHOUT ROWID;

-- Covers the running balance of a drug's card.
CREATE INDEX movement_by_drug ON movement (drug, seq, line, lot, expires_on, units);
-- Opening stock is said once per lot.
CREATE INDEX movement_opening ON movement (drug, lot, expires_on) WHERE kind = 'opening';

CREATE TABLE stock (
  drug TEXT NOT NULL,
  expires_on TEXT NOT NULL CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  lot TEXT NOT NULL,
  -- I5: the till never sells below zero.
  on_hand_units INTEGER NOT NULL CHECK (on_hand_units >= 0),
  -- Last known cost of one smallest unit.
  unit_cost_vnd INTEGER CHECK (unit_cost_vnd >= 0),
  PRIMARY KEY (drug, expires_on, lot)
) STRICT, WITHOUT ROWID;

CREATE INDEX stock_on_shelf ON stock (drug, expires_on, lot, on_hand_units)
WHERE on_hand_units > 0;
CREATE INDEX stock_by_expiry ON stock (expires_on, drug, lot) WHERE on_hand_units > 0;

CREATE TABLE sale (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  id TEXT NOT NULL UNIQUE,
  slip TEXT NOT NULL UNIQUE,
  slip_number INTEGER NOT NULL UNIQUE CHECK (slip_number >= 1),
  at TEXT NOT NULL,
  business_date TEXT NOT NULL,
  by_staff TEXT NOT NULL,
  line_count INTEGER NOT NULL CHECK (line_count >= 1),
  total_vnd INTEGER NOT NULL CHECK (total_vnd >= 0)
) STRICT;

CREATE INDEX sale_by_day ON sale (business_date, seq, total_vnd);

CREATE TABLE void (
  sale_seq INTEGER PRIMARY KEY REFERENCES sale (seq),
  seq INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  reason TEXT NOT NULL
) STRICT;

-- Listed prices. A price holds for a level of exactly this size: when the catalogue changes what a
-- level contains, the old price is not silently charged for the new content.
CREATE TABLE price (
  drug TEXT NOT NULL,
  unit TEXT NOT NULL,
  factor INTEGER NOT NULL CHECK (factor >= 1),
  price_vnd INTEGER NOT NULL CHECK (price_vnd >= 0),
  PRIMARY KEY (drug, unit)
) STRICT, WITHOUT ROWID;

-- The first answer to a command, given again to every repetition.
CREATE TABLE command_answer (
  command_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Narrow, so that a search over 50,000 names stays in the cache; entries stand beside it.
CREATE TABLE drug (
  number INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  -- 0 when the centre took it out: its name stays for stock and history.
  is_current INTEGER NOT NULL CHECK (is_current IN (0, 1))
) STRICT;

CREATE INDEX drug_by_name ON drug (name_folded, code) WHERE is_current = 1;

-- The entry as JSON (shared/model/drug.ts).
CREATE TABLE drug_entry (
  number INTEGER PRIMARY KEY REFERENCES drug (number),
  entry TEXT NOT NULL
) STRICT;

-- What a scanner or a label says: exact, without spaces and punctuation.
CREATE TABLE drug_key (
  key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('gtin', 'registration', 'gplh', 'dqg', 'own')),
  number INTEGER NOT NULL REFERENCES drug (number),
  PRIMARY KEY (key, kind, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX drug_key_by_drug ON drug_key (number);

-- One folded text per current drug (shared/rules/fold-vietnamese.ts folds, so the tokenizer need not).
CREATE VIRTUAL TABLE drug_search USING fts5 (
  words,
  content = '',
  contentless_delete = 1,
  detail = none,
  prefix = '1 2 3',
  tokenize = 'unicode61 remove_diacritics 0'
);

-- One JSON value per name; names and schemas stand in db/sync-state.ts.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- The centre's signed proof that it has everything up to a head.
CREATE TABLE receipt (
  acked_seq INTEGER PRIMARY KEY,
  receipt TEXT NOT NULL CHECK (json_valid(receipt))
) STRICT;
