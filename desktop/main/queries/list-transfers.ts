import { z } from 'zod';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { Instant } from '../../../shared/model/calendar.ts';
import type { QueryContext } from './query-context.ts';

/** Transfers sent and received here, newest first. */
export function listTransfers(
  { db }: QueryContext,
  { beforeSeq, limit }: TillInput<'transfers.list'>,
): TillAnswer<'transfers.list'> {
  const rows = db.all(
    Row,
    `SELECT transfer.seq, transfer_id AS transferId, direction, facility_code AS facilityCode,
       facility_name AS facilityName, at, count(movement.line) AS lots,
       coalesce(abs(sum(movement.units)), 0) AS units
     FROM transfer LEFT JOIN movement USING (seq)
     WHERE transfer.seq < ? GROUP BY transfer.seq ORDER BY transfer.seq DESC LIMIT ?`,
    beforeSeq ?? Number.MAX_SAFE_INTEGER,
    limit + 1,
  );
  return {
    rows: rows.slice(0, limit).map(({ facilityCode, facilityName, ...row }) => ({
      ...row,
      partner: { facilityCode, facilityName },
    })),
    hasMore: rows.length > limit,
  };
}

const Row = z.object({
  seq: z.int(),
  transferId: z.uuid(),
  direction: z.enum(['sent', 'received']),
  facilityCode: z.string(),
  facilityName: z.string(),
  at: Instant,
  lots: z.int(),
  units: z.int(),
});
