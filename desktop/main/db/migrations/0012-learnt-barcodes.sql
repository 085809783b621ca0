-- What the shop taught this till: codes of packs that the catalogue does not know. Local and undoable;
-- no fact of trade, so it stands beside the journal and not in it. The catalogue always goes before it.
CREATE TABLE learnt_barcode (
  gtin TEXT PRIMARY KEY CHECK (length(gtin) = 14),
  drug TEXT NOT NULL,
  learnt_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
