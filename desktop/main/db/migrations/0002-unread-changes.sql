-- Reference data this program could not read (an unknown kind, a newer shape): kept until a newer
-- program can, because the cursor has passed it and the centre will not send it again.
CREATE TABLE unread_change (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 1),
  value TEXT NOT NULL CHECK (json_valid(value)),
  detail TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
