-- The centre's foundation. Facts (evidence, movements) are append-only and partitioned by month;
-- everything else is reference data, derived tables that can be rebuilt, or accounts.

-- Reference data ------------------------------------------------------------------------------

CREATE TABLE centre_key (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  private_key bytea NOT NULL,
  public_key bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE facility (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  kind text NOT NULL,
  province text NOT NULL,
  commune text NOT NULL,
  address text NOT NULL,
  phone text NOT NULL,
  licence_number text NOT NULL,
  licence_issued_on date NOT NULL,
  licence_valid_until date,
  licence_status text NOT NULL CHECK (licence_status IN ('valid', 'suspended', 'withdrawn')),
  pharmacist_staff_id text NOT NULL,
  pharmacist_name text NOT NULL,
  pharmacist_certificate text NOT NULL,
  -- Lower case without diacritics: name, code, licence number, commune.
  search_text text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX facility_by_province ON facility (province, kind);

CREATE TABLE enrolment_code (
  id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES facility,
  -- The code itself is shown once and never stored.
  code_hash bytea NOT NULL UNIQUE,
  issued_at timestamptz NOT NULL,
  issued_by text NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  used_at timestamptz,
  used_by_till uuid
);
CREATE INDEX enrolment_code_by_facility ON enrolment_code (facility_id, issued_at DESC);
CREATE INDEX enrolment_code_newest ON enrolment_code (issued_at DESC, id DESC);

CREATE TABLE till (
  id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES facility,
  short_code text NOT NULL,
  public_key bytea NOT NULL UNIQUE,
  state text NOT NULL CHECK (state IN ('active', 'revoked', 'forked')),
  enrolled_at timestamptz NOT NULL,
  program_version text NOT NULL,
  protocol integer NOT NULL,
  -- The acknowledged head: this row's lock is what makes one event have one effect.
  acked_seq bigint NOT NULL DEFAULT 0 CHECK (acked_seq >= 0),
  acked_hash text NOT NULL,
  -- What the till's clock said at that event, if it could be read.
  acked_event_at timestamptz,
  last_batch_at timestamptz,
  -- The till said hello (any signed request), with or without news.
  last_contact_at timestamptz,
  last_agreed_at timestamptz,
  -- The till last said that it holds nothing the centre lacks: what it sends later happened later.
  caught_up_at timestamptz,
  clock_skew_ms bigint,
  parked_events bigint NOT NULL DEFAULT 0,
  revoked_reason text,
  UNIQUE (facility_id, short_code)
);
-- At any moment one installation writes a facility's stock (protocol.md §5).
CREATE UNIQUE INDEX till_one_active ON till (facility_id) WHERE state <> 'revoked';

CREATE TABLE drug (
  code text PRIMARY KEY,
  name text NOT NULL,
  -- The whole entry as the feed sends it (shared/model/drug.ts).
  entry jsonb NOT NULL,
  search_text text NOT NULL,
  ceiling_price_vnd bigint,
  is_demonstration boolean NOT NULL,
  updated_at timestamptz NOT NULL
);

CREATE TABLE feed_head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  position bigint NOT NULL
);
INSERT INTO feed_head (position) VALUES (0);

-- One row per key: a new version replaces the old one under a higher position, so the feed never
-- sends what is already out of date. Positions are handed out under the lock of feed_head.
CREATE TABLE feed_change (
  position bigint PRIMARY KEY,
  -- 'nation', or 'facility' with its id.
  audience text NOT NULL,
  audience_key text NOT NULL DEFAULT '',
  kind text NOT NULL,
  key text NOT NULL,
  -- JSON text; NULL is a tombstone.
  value text,
  UNIQUE (audience, audience_key, kind, key)
);
CREATE INDEX feed_change_by_audience ON feed_change (audience, audience_key, position);

CREATE TABLE snapshot (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  position bigint NOT NULL,
  body bytea NOT NULL,
  created_at timestamptz NOT NULL
);

-- Facts -----------------------------------------------------------------------------------------

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A stored fact never changes (protocol.md I3): % on %', TG_OP, TG_TABLE_NAME;
END $$;

-- Byte-exact batches as they arrived: any past event can be proved from here.
CREATE TABLE batch_evidence (
  till_id uuid NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  -- Events before this one were known already (an overlapping batch).
  new_from_seq bigint NOT NULL,
  prev_hash text NOT NULL,
  head_hash text NOT NULL,
  protocol integer NOT NULL,
  signature text NOT NULL,
  -- gzip, exactly as received.
  body bytea NOT NULL,
  carrier text NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (till_id, last_seq, received_at)
) PARTITION BY RANGE (received_at);
-- Compressed already: trying again would only cost time.
ALTER TABLE batch_evidence ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE TABLE batch_evidence_default PARTITION OF batch_evidence DEFAULT;

-- Batches that were refused although their signature holds (forks), kept as evidence.
CREATE TABLE refused_evidence (
  id uuid PRIMARY KEY,
  till_id uuid NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  prev_hash text NOT NULL,
  head_hash text NOT NULL,
  protocol integer NOT NULL,
  signature text NOT NULL,
  body bytea NOT NULL,
  verdict text NOT NULL,
  received_at timestamptz NOT NULL,
  UNIQUE (till_id, head_hash, verdict)
);

-- Kinds: 1 opening, 2 receipt, 3 sale, 4 void. Uniqueness across months comes from the till's
-- locked head; the key within a partition makes a second copy of an event impossible as well.
CREATE TABLE movement (
  till_id uuid NOT NULL,
  seq bigint NOT NULL,
  line integer NOT NULL,
  day date NOT NULL,
  facility_id uuid NOT NULL,
  drug text NOT NULL,
  lot text NOT NULL,
  expires_on date NOT NULL,
  kind smallint NOT NULL,
  units bigint NOT NULL,
  amount_vnd bigint NOT NULL,
  at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (till_id, seq, line, day)
) PARTITION BY RANGE (day);
CREATE INDEX movement_by_lot ON movement (lot, drug);
CREATE INDEX movement_by_day ON movement USING brin (day);
-- A clock ten years off loses nothing: its facts stand here.
CREATE TABLE movement_default PARTITION OF movement DEFAULT;

CREATE TRIGGER batch_evidence_is_final BEFORE UPDATE OR DELETE ON batch_evidence
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refused_evidence_is_final BEFORE UPDATE OR DELETE ON refused_evidence
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Derived in the ingest transaction ---------------------------------------------------------------

CREATE TABLE facility_stock (
  facility_id uuid NOT NULL,
  drug text NOT NULL,
  lot text NOT NULL,
  expires_on date NOT NULL,
  on_hand_units bigint NOT NULL,
  opening_units bigint NOT NULL,
  received_units bigint NOT NULL,
  sold_units bigint NOT NULL,
  voided_units bigint NOT NULL,
  last_movement_at timestamptz NOT NULL,
  PRIMARY KEY (facility_id, drug, lot, expires_on),
  CHECK (on_hand_units = opening_units + received_units + voided_units - sold_units)
  -- Room on each page: an update of units stays on it and touches no index, also while the backlog
  -- of a week comes in at once.
) WITH (fillfactor = 60);
CREATE INDEX facility_stock_by_lot ON facility_stock (drug, lot);
CREATE INDEX facility_stock_by_lot_number ON facility_stock (lot text_pattern_ops);

-- The clinic: events that could not be interpreted, with their sealed line.
CREATE TABLE parked_event (
  till_id uuid NOT NULL,
  seq bigint NOT NULL,
  facility_id uuid NOT NULL,
  type text NOT NULL,
  reason text NOT NULL,
  detail text NOT NULL,
  line text NOT NULL,
  parked_at timestamptz NOT NULL,
  resolved_at timestamptz,
  PRIMARY KEY (till_id, seq)
);

CREATE TABLE alert (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  facility_id uuid NOT NULL,
  province text NOT NULL,
  till_id uuid,
  seq bigint,
  drug text,
  lot text,
  detail jsonb NOT NULL,
  -- The same cause raises one alert: replays and rebuilds change nothing.
  cause text NOT NULL UNIQUE,
  raised_at timestamptz NOT NULL,
  resolved_at timestamptz
);
CREATE INDEX alert_open ON alert (province, raised_at DESC) WHERE resolved_at IS NULL;
CREATE INDEX alert_open_newest ON alert (raised_at DESC, id DESC) WHERE resolved_at IS NULL;
CREATE INDEX alert_by_facility ON alert (facility_id, raised_at DESC);

-- Written with the batch, taken away by the roll-up worker in the transaction that adds it up:
-- exactly once, in any commit order, and never in the way of an acknowledgement.
CREATE TABLE rollup_pending (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  till_id uuid NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  -- Days of its movements: only their partitions are read.
  first_day date NOT NULL,
  last_day date NOT NULL,
  received_at timestamptz NOT NULL
);

-- Derived by the roll-up worker ---------------------------------------------------------------------

-- Their rows are updated again and again: room on each page keeps such an update off the indexes.
--
-- Sold units and amounts are net of voided sales; a sale is counted on its day, voided or not.
CREATE TABLE area_day (
  province text NOT NULL,
  day date NOT NULL,
  facility_kind text NOT NULL,
  sale_count bigint NOT NULL,
  sold_units bigint NOT NULL,
  received_units bigint NOT NULL,
  amount_vnd bigint NOT NULL,
  PRIMARY KEY (day, province, facility_kind)
) WITH (fillfactor = 70);

-- Units are signed as in movements: a sale is negative.
CREATE TABLE area_day_drug (
  drug text NOT NULL,
  province text NOT NULL,
  day date NOT NULL,
  facility_kind text NOT NULL,
  kind smallint NOT NULL,
  units bigint NOT NULL,
  amount_vnd bigint NOT NULL,
  PRIMARY KEY (drug, day, province, facility_kind, kind)
) WITH (fillfactor = 70);

CREATE TABLE area_drug_stock (
  drug text NOT NULL,
  province text NOT NULL,
  facility_kind text NOT NULL,
  on_hand_units bigint NOT NULL,
  PRIMARY KEY (drug, province, facility_kind)
) WITH (fillfactor = 70);

CREATE TABLE facility_day (
  facility_id uuid NOT NULL,
  day date NOT NULL,
  sale_count bigint NOT NULL,
  sold_units bigint NOT NULL,
  received_units bigint NOT NULL,
  amount_vnd bigint NOT NULL,
  PRIMARY KEY (facility_id, day)
) WITH (fillfactor = 70);

-- The newest sales of each province, trimmed by the worker.
CREATE TABLE latest_sale (
  till_id uuid NOT NULL,
  seq bigint NOT NULL,
  facility_id uuid NOT NULL,
  province text NOT NULL,
  at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  line_count integer NOT NULL,
  units bigint NOT NULL,
  amount_vnd bigint NOT NULL,
  PRIMARY KEY (till_id, seq)
);
CREATE INDEX latest_sale_by_province ON latest_sale (province, received_at DESC, seq DESC);

-- Recomputed by a job (supervision/refresh-shortages.ts): what each province sold of each drug in
-- the last days. Says what sells most without reading every day of every drug.
CREATE TABLE area_drug_pace (
  drug text NOT NULL,
  province text NOT NULL,
  sold_units bigint NOT NULL,
  days_with_sales integer NOT NULL,
  PRIMARY KEY (drug, province)
);
CREATE INDEX area_day_drug_by_day ON area_day_drug USING brin (day);

-- Recomputed by a job: drugs whose stock lasts too few days.
CREATE TABLE shortage (
  drug text NOT NULL,
  province text NOT NULL,
  on_hand_units bigint NOT NULL,
  sold_units_per_day double precision NOT NULL,
  days_of_cover double precision NOT NULL,
  computed_at timestamptz NOT NULL,
  PRIMARY KEY (drug, province)
);

-- Accounts ---------------------------------------------------------------------------------------

CREATE TABLE account (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  display_name text NOT NULL,
  -- scrypt, with its parameters and salt.
  password_hash text NOT NULL,
  -- JSON of shared/rules/scope.ts.
  scope jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  disabled_at timestamptz
);

-- Failed sign-ins by the name that was typed, whether an account has it or not: the lockout gives
-- no sign of which names exist. The name is hashed, since people type passwords into that field.
CREATE TABLE sign_in_failure (
  name_hash bytea PRIMARY KEY,
  failures integer NOT NULL,
  last_failed_at timestamptz NOT NULL
);

CREATE TABLE session (
  -- SHA-256 of the cookie: a stolen table opens no session.
  token_hash bytea PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX session_by_expiry ON session (expires_at);

CREATE TABLE audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  account text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  detail jsonb NOT NULL,
  address text NOT NULL
);
CREATE TRIGGER audit_is_final BEFORE UPDATE OR DELETE ON audit
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Catalogue import -------------------------------------------------------------------------------

CREATE TABLE catalogue_import (
  id uuid PRIMARY KEY,
  file_name text NOT NULL,
  size_bytes bigint NOT NULL,
  started_at timestamptz NOT NULL,
  started_by text NOT NULL,
  finished_at timestamptz,
  state text NOT NULL CHECK
    (state IN ('reading', 'ready', 'publishing', 'published', 'cancelled', 'failed')),
  bytes_read bigint NOT NULL DEFAULT 0,
  row_count bigint NOT NULL DEFAULT 0,
  new_drugs bigint NOT NULL DEFAULT 0,
  changed_drugs bigint NOT NULL DEFAULT 0,
  unchanged_drugs bigint NOT NULL DEFAULT 0,
  unreadable_rows bigint NOT NULL DEFAULT 0,
  warnings bigint NOT NULL DEFAULT 0,
  published_drugs bigint NOT NULL DEFAULT 0,
  failure text
);

-- One at a time in the whole centre: two would count their differences against a moving catalogue.
CREATE UNIQUE INDEX catalogue_import_one_running ON catalogue_import ((true))
  WHERE state IN ('reading', 'publishing');

CREATE TABLE catalogue_import_drug (
  import_id uuid NOT NULL REFERENCES catalogue_import ON DELETE CASCADE,
  row_number bigint NOT NULL,
  code text NOT NULL,
  entry jsonb NOT NULL,
  PRIMARY KEY (import_id, row_number)
);

CREATE TABLE catalogue_import_issue (
  import_id uuid NOT NULL REFERENCES catalogue_import ON DELETE CASCADE,
  issue_number bigint NOT NULL,
  row_number bigint NOT NULL,
  severity text NOT NULL CHECK (severity IN ('unreadable', 'warning')),
  reason text NOT NULL,
  row_text text NOT NULL,
  PRIMARY KEY (import_id, issue_number)
);
