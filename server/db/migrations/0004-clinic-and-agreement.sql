-- The clinic: what a parked event is called by others, and how it left.
ALTER TABLE parked_event ADD COLUMN document uuid;
UPDATE parked_event
  SET document = substring(line FROM '"id":"([0-9a-fA-F-]{36})"')::uuid;
ALTER TABLE parked_event ALTER COLUMN document SET NOT NULL;
ALTER TABLE parked_event
  ADD COLUMN judged_at timestamptz,
  -- How it was released: 'start', 'catalogue', 'mapping', 'asked', 'rebuild'.
  ADD COLUMN released_by text,
  -- Somebody asked the facility to look at it, in these words.
  ADD COLUMN asked_at timestamptz,
  ADD COLUMN asked_note text;
CREATE INDEX parked_event_open ON parked_event (parked_at, till_id, seq) WHERE resolved_at IS NULL;
CREATE INDEX parked_event_open_by_facility ON parked_event (facility_id, parked_at)
  WHERE resolved_at IS NULL;

-- What a facility's software calls a drug, where that is no drug code. Never taken back: with the
-- evidence it gives every derived table again.
CREATE TABLE drug_code_mapping (
  facility_id uuid NOT NULL REFERENCES facility,
  code text NOT NULL,
  drug text NOT NULL,
  -- An account's name, or 'catalogue' where an alias said so.
  mapped_by text NOT NULL,
  mapped_at timestamptz NOT NULL,
  PRIMARY KEY (facility_id, code)
);
CREATE INDEX drug_by_alias ON drug USING gin ((entry -> 'aliases') jsonb_path_ops);

-- Derived: movements whose drug the till calls otherwise, since both sides compare by the till's
-- word.
CREATE TABLE mapped_movement (
  till_id uuid NOT NULL,
  seq bigint NOT NULL,
  line integer NOT NULL,
  reported_drug text NOT NULL,
  PRIMARY KEY (till_id, seq, line)
);

-- The last comparison of each till with the centre (protocol.md §4).
CREATE TABLE agreement (
  -- No reference: noting a comparison must not wait for the till's row.
  till_id uuid PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('agreed', 'waiting', 'different')),
  -- Since when it is so.
  since timestamptz NOT NULL,
  compared_at timestamptz NOT NULL,
  compared_seq bigint NOT NULL,
  -- Records that wait in the clinic and are left out of the comparison.
  waiting_events bigint NOT NULL DEFAULT 0,
  -- The first event that differs, once the search has found it.
  first_seq bigint,
  first_found_at timestamptz
);
CREATE INDEX agreement_by_state ON agreement (state, since) WHERE state <> 'agreed';

-- Every night, by province: how many facilities agreed, waited, differed, were not heard.
CREATE TABLE agreement_report (
  day date NOT NULL,
  province text NOT NULL,
  made_at timestamptz NOT NULL,
  agreed bigint NOT NULL,
  waiting bigint NOT NULL,
  differing bigint NOT NULL,
  unknown bigint NOT NULL,
  PRIMARY KEY (day, province)
);

-- When the derived tables of a facility ('areas': the roll-ups) were last compared with their
-- evidence.
CREATE TABLE derived_check (
  scope text PRIMARY KEY,
  checked_at timestamptz NOT NULL,
  events bigint NOT NULL,
  rows_compared bigint NOT NULL
);
CREATE INDEX derived_check_oldest ON derived_check (checked_at);
-- Each time something had to be repaired.
CREATE TABLE derived_repair (
  id uuid PRIMARY KEY,
  facility_id uuid,
  repaired_at timestamptz NOT NULL,
  asked_by text NOT NULL,
  -- Rows that stood in only one of the stored and the re-derived table, by table.
  differences jsonb NOT NULL
);
CREATE INDEX derived_repair_by_facility ON derived_repair (facility_id, repaired_at DESC);
CREATE TRIGGER derived_repair_is_final BEFORE UPDATE OR DELETE ON derived_repair
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
