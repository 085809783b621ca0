-- What facilities report beside their goods: their own products, staff, shifts and dispensings
-- (ingest/document-rows.ts). Derived from the evidence; one row per event, or per line of it, so that
-- it does not matter in which order they are applied. Who a patient is stays in the evidence.

CREATE TABLE product_definition (
  till_id uuid NOT NULL,
  seq bigint NOT NULL,
  facility_id uuid NOT NULL,
  code text NOT NULL,
  revision integer NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  -- JSON text of the levels of packing.
  units text NOT NULL,
  barcode text,
  registration_number text NOT NULL,
  manufacturer text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (till_id, seq)
);
CREATE INDEX product_definition_by_facility ON product_definition (facility_id, code);

CREATE TABLE staff_change (
  till_id uuid NOT NULL,
  seq bigint NOT NULL,
  facility_id uuid NOT NULL,
  staff_id text NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  certificate_number text NOT NULL,
  is_on_duty boolean NOT NULL,
  is_employed boolean NOT NULL,
  is_pin_changed boolean NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (till_id, seq)
);
CREATE INDEX staff_change_by_facility ON staff_change (facility_id, staff_id);

CREATE TABLE shift_closing (
  till_id uuid NOT NULL,
  seq bigint NOT NULL,
  facility_id uuid NOT NULL,
  number bigint NOT NULL,
  opened_by text NOT NULL,
  closed_by text NOT NULL,
  opened_at timestamptz NOT NULL,
  closed_at timestamptz NOT NULL,
  opening_cash_vnd bigint NOT NULL,
  sale_count bigint NOT NULL,
  sales_vnd bigint NOT NULL,
  void_count bigint NOT NULL,
  voids_vnd bigint NOT NULL,
  return_count bigint NOT NULL,
  returns_vnd bigint NOT NULL,
  cash_expected_vnd bigint,
  cash_counted_vnd bigint,
  PRIMARY KEY (till_id, seq)
);
CREATE INDEX shift_closing_by_facility ON shift_closing (facility_id, closed_at DESC);

CREATE TABLE prescription_dispensing (
  till_id uuid NOT NULL,
  seq bigint NOT NULL,
  line integer NOT NULL,
  facility_id uuid NOT NULL,
  -- shared/rules/prescription.ts; the same key at two facilities is one prescription.
  prescription text NOT NULL,
  kind text NOT NULL,
  form text NOT NULL,
  issued_on date NOT NULL,
  valid_until date NOT NULL,
  sale_id uuid NOT NULL,
  drug text NOT NULL,
  prescribed_units bigint NOT NULL,
  dispensed_units bigint NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (till_id, seq, line)
);
CREATE INDEX prescription_dispensing_by_prescription ON prescription_dispensing (prescription);
