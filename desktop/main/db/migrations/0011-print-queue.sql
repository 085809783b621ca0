-- Paper on its way to a printer. Not derived and never sent: what is printed says nothing new.
CREATE TABLE print_job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  printer_id TEXT NOT NULL,
  -- What to print as JSON (shared/contract/till-print-api.ts).
  request TEXT NOT NULL CHECK (json_valid(request)),
  -- 0 is the first print of a paper, 1 the first copy.
  copy INTEGER NOT NULL CHECK (copy >= 0),
  queued_at TEXT NOT NULL,
  queued_by TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('waiting', 'printing', 'interrupted', 'printed', 'cancelled')),
  opens_drawer INTEGER NOT NULL CHECK (opens_drawer IN (0, 1)),
  -- An earlier try broke off after the first byte.
  is_after_cut INTEGER NOT NULL DEFAULT 0 CHECK (is_after_cut IN (0, 1)),
  tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  trouble TEXT,
  ended_at TEXT
) STRICT;

CREATE INDEX print_job_open ON print_job (printer_id, id)
  WHERE state IN ('waiting', 'printing', 'interrupted');

-- How often a paper was asked for, by whom: the next print is a copy and says so.
CREATE TABLE paper_print (
  -- `sale`, `return` or `shift`, and the document's id.
  paper TEXT NOT NULL,
  copy INTEGER NOT NULL CHECK (copy >= 0),
  asked_at TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  PRIMARY KEY (paper, copy)
) STRICT, WITHOUT ROWID;
