import { present } from '../../../shared/base/assert.ts';
import type { PrintRequest } from '../../../shared/contract/till-print-api.ts';
import { businessDateOf, type Instant } from '../../../shared/model/calendar.ts';
import type { Facility } from '../../../shared/model/facility.ts';
import { drugOfCode } from '../db/catalogue.ts';
import { DatabaseFaulted } from '../db/database-fault.ts';
import { eventOfId } from '../db/event-log.ts';
import { saleEventOf } from '../db/old-sales.ts';
import { readEvent } from '../db/read-event.ts';
import { staffMembers } from '../db/staff.ts';
import { getSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import { drugNamesOf, getSale } from '../queries/get-sale.ts';
import { currentShift, getShift } from '../queries/shifts.ts';
import { doseLabel } from './paper/dose-label.ts';
import type { Paper } from './paper/paper.ts';
import { returnSlip } from './paper/return-slip.ts';
import { type Letterhead, type Reprint, saleSlip } from './paper/sale-slip.ts';
import { shiftXReport, shiftZReport } from './paper/shift-report.ts';
import { testSlip } from './paper/test-slip.ts';

/** How a paper came to be asked for. */
export type Asking = {
  readonly reprint: Reprint | null;
  readonly isAfterCut: boolean;
  readonly printerName: string;
  /** Staff id of whoever asked. */
  readonly by: string;
  readonly now: Instant;
};

export type PaperRequest = Exclude<PrintRequest, { type: 'drawer' }>;

/** Looks up what a paper says; undefined when there is no such document or no facility yet. */
export function composePaper(db: TillDb, request: PaperRequest, asking: Asking): Paper | undefined {
  const facility = getSetting(db, 'facility');
  if (facility === null) return undefined;
  const head = { facility, isPractice: false, ...asking };
  const nameOf = (staffId: string) => staffName(db, facility, staffId);
  switch (request.type) {
    case 'sale':
      return composeSale(db, request.saleId, { head, nameOf });
    case 'return':
      return composeReturn(db, request.returnId, { head, nameOf });
    case 'shift':
      return composeZ(db, request.shiftId, { head, nameOf });
    case 'shift-so-far':
      return composeX(db, request.isBlind, { head, nameOf });
    case 'label':
      return doseLabel({
        ...head,
        label: request.label,
        dispensedOn: businessDateOf(asking.now),
        dispensedBy: nameOf(asking.by),
      });
    case 'test':
      return testSlip({ ...head, printedAt: asking.now });
  }
}

/** As they are called now; the short code of somebody who was never written down. */
export function staffName(db: TillDb, facility: Facility, staffId: string): string {
  const { responsiblePharmacist } = facility;
  const member = staffMembers(db).get(staffId);
  if (member !== undefined) return member.name;
  return staffId === responsiblePharmacist.staffId ? responsiblePharmacist.name : staffId;
}

type Composing = {
  readonly head: Letterhead & Asking;
  readonly nameOf: (staffId: string) => string;
};

function composeSale(db: TillDb, id: string, { head, nameOf }: Composing): Paper | undefined {
  const found = getSale({ db, today: businessDateOf(head.now) }, { id });
  if (found === null) return undefined;
  const { row, sale, drugNames, voidedReason, customer } = found;
  return saleSlip({
    ...head,
    sale,
    soldAt: row.at,
    soldBy: nameOf(row.by),
    drugNames,
    smallestUnits: smallestUnitsOf(db, sale.lines),
    customer,
    voidedReason: row.isVoided ? (voidedReason ?? '') : null,
  });
}

function composeReturn(db: TillDb, id: string, { head, nameOf }: Composing): Paper | undefined {
  const sealed = eventOfId(db, id);
  if (sealed === undefined) return undefined;
  const read = readEvent(sealed.seq, sealed.line);
  if (!read.ok) throw new DatabaseFaulted(read.error);
  const event = read.value;
  if (event.type !== 'CustomerReturnAccepted.v1') return undefined;
  const accepted = event.data;
  const sale = present(saleEventOf(db, accepted.saleId), 'What came back was sold').data;
  return returnSlip({
    ...head,
    accepted,
    sale,
    acceptedAt: event.at,
    acceptedBy: nameOf(event.by),
    drugNames: drugNamesOf(db, accepted.lines),
    smallestUnits: smallestUnitsOf(db, accepted.lines),
  });
}

function smallestUnitsOf(
  db: TillDb,
  lines: readonly { readonly drug: string }[],
): Readonly<Record<string, string>> {
  const codes = [...new Set(lines.map(({ drug }) => drug))];
  return Object.fromEntries(
    codes.flatMap((code) => {
      const name = drugOfCode(db, code)?.units[0]?.name;
      return name === undefined ? [] : [[code, name]];
    }),
  );
}

function composeZ(db: TillDb, shiftId: string, { head, nameOf }: Composing): Paper | undefined {
  const shift = getShift({ db, today: businessDateOf(head.now) }, { shiftId });
  if (shift === null) return undefined;
  const { figures, closedAt, closedBy } = shift;
  return shiftZReport({
    ...head,
    ...figures,
    openedBy: nameOf(figures.openedBy),
    printedAt: head.now,
    closedAt,
    closedBy: nameOf(closedBy),
    figures,
  });
}

function composeX(db: TillDb, isBlind: boolean, { head, nameOf }: Composing): Paper | undefined {
  const shift = currentShift({ db, today: businessDateOf(head.now) }, { isBlind });
  if (shift === null) return undefined;
  return shiftXReport({
    ...head,
    ...shift,
    openedBy: nameOf(shift.openedBy),
    printedAt: head.now,
    figures: shift,
  });
}
