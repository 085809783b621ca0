/**
 * What each facility last reported, as SQL that every question about facilities starts from.
 * `$1` is the present moment, `$2` the visible provinces.
 *
 * A facility has at most one till that is not revoked, so no grouping is needed; older tills are
 * looked at only where that one is missing or has not reported yet. A forked till is silent: its
 * uploads stand still, however often it asks.
 */
export const facilityStates = `
  SELECT facility.id, facility.code, facility.name, facility.kind, facility.province,
    facility.commune, facility.licence_number, facility.search_text,
    current.state AS till_state,
    CASE
      WHEN current.state = 'forked' THEN 'silent'
      WHEN greatest(current.last_batch_at, current.last_contact_at)
        > $1::timestamptz - interval '24 hours' THEN 'reporting'
      WHEN current.id IS NOT NULL THEN 'silent'
      WHEN EXISTS (SELECT 1 FROM till AS older WHERE older.facility_id = facility.id)
        THEN 'revoked'
      ELSE 'never-enrolled'
    END AS state,
    coalesce(
      greatest(current.last_batch_at, current.last_contact_at),
      (SELECT max(greatest(older.last_batch_at, older.last_contact_at))
        FROM till AS older WHERE older.facility_id = facility.id)
    ) AS last_reported_at
  FROM facility
  LEFT JOIN till AS current
    ON current.facility_id = facility.id AND current.state <> 'revoked'
  WHERE facility.province = ANY($2::text[])`;
