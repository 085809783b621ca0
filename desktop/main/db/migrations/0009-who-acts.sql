-- What people did that is no fact of the journal (db/audit.ts): kept at this till only.
CREATE TABLE audit_entry (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  what TEXT NOT NULL,
  -- Null where nobody was signed in.
  by_staff TEXT,
  detail TEXT NOT NULL CHECK (json_valid(detail))
) STRICT;

CREATE INDEX audit_entry_by_moment ON audit_entry (at);

CREATE TRIGGER audit_entry_is_never_updated BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'What was noted never changes'); END;

-- Who did what on a day: every moment here is written in Vietnamese local time (model/calendar.ts).
CREATE INDEX event_by_moment ON event (at);

-- A PIN is now stored with its cost (commands/staff-pin.ts): asked for anew where there was one.
DELETE FROM staff_pin;
