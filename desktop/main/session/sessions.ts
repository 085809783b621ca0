/**
 * Who is signed in at each counter, and whether they may do what is asked: the one place where that
 * is decided (dispatch asks before any handler runs). Sessions live as long as the program; waits
 * after wrong PINs, and that a counter was locked, outlive it.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { actByCall } from '../../../shared/contract/till-acts.ts';
import type { TillCallName, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import type { Session, SessionMember } from '../../../shared/contract/till-session-api.ts';
import type { StaffMember } from '../../../shared/model/staff.ts';
import type { StaffAct } from '../../../shared/model/staff-act.ts';
import type { Refusal } from '../../../shared/rules/refusal.ts';
import { automaticStaffId } from '../../../shared/rules/staff.ts';
import {
  actsOf,
  answersForShop,
  judgeAct,
  mayApprove,
  mayDo,
} from '../../../shared/rules/staff-acts.ts';
import { checkPin } from '../commands/staff-pin.ts';
import { noteAudit } from '../db/audit.ts';
import { everybody, staffWithPin } from '../db/staff.ts';
import { getSetting, setSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import { actsOfCall } from './acts-of-call.ts';
import type { Caller } from './caller.ts';

export type Sessions = {
  readonly of: (counter: string) => Session;
  /** Who calls and whether they may; refusals say who may. */
  readonly authorise: <Name extends TillCallName>(
    counter: string,
    call: { readonly name: Name; readonly input: TillInput<Name> },
  ) => Result<Caller, TillProblem>;
  readonly signIn: (
    counter: string,
    input: TillInput<'session.signIn'>,
  ) => Promise<Result<Session, TillProblem>>;
  /** Signs somebody in whose identity was proved otherwise: they have just set their PIN. */
  readonly admit: (counter: string, staffId: string) => Session;
  readonly lock: (counter: string, input: TillInput<'session.lock'>) => Session;
  readonly touch: (counter: string) => void;
  readonly approve: (
    counter: string,
    input: TillInput<'session.approve'>,
  ) => Promise<Result<{ readonly approvedBy: string }, TillProblem>>;
};

export type SessionParts = {
  readonly db: TillDb;
  readonly deps: Pick<TillDeps, 'nowMs' | 'elapsedMs' | 'pinCost'>;
};

/** One counter. */
type Seat = {
  staffId: string | null;
  /** Who left it, the last one first. */
  left: readonly string[];
  /** The first suggestion to whoever signs in next. */
  suggested: string | null;
  touchedMs: number;
};
/** A command that was refused to whoever is signed in, and who took the responsibility for it. */
type Asked = {
  readonly counter: string;
  readonly by: string;
  readonly acts: readonly StaffAct[];
  /** Of the whole call: what is approved is what was shown, and nothing else. */
  readonly hash: string;
  readonly askedMs: number;
  readonly approvedBy?: string;
};
type Staff = ReadonlyMap<string, StaffMember>;
type Place = {
  readonly state: Session['state'];
  readonly staff: Staff;
  /** Who acts; null where nobody does. */
  readonly staffId: string | null;
};

/** A shop has a few counters; the oldest of more than this are forgotten. */
const seatsMax = 500;
/** Long enough for a lost answer and its retry. */
const approvalMsMax = 10 * 60_000;
const askedMax = 500;
const leftMax = 10;
/** A counter says that it is not idle a little later than it was touched. */
const touchGraceMs = 60_000;

export function createSessions({ db, deps }: SessionParts): Sessions {
  const seats = new Map<string, Seat>();
  /** By the command's own id. */
  const asked = new Map<string, Asked>();
  const seatOf = (counter: string): Seat => {
    const known = seats.get(counter);
    if (known !== undefined) return known;
    forgetOldest(seats, seatsMax);
    const seat: Seat = { staffId: null, left: [], suggested: null, touchedMs: deps.elapsedMs() };
    seats.set(counter, seat);
    return seat;
  };
  const sit = (counter: string, staffId: string): void => {
    const seat = seatOf(counter);
    if (seat.staffId !== staffId) leave(seat);
    seat.staffId = staffId;
    seat.touchedMs = deps.elapsedMs();
  };
  const note = (what: 'signed-in' | 'locked' | 'approved', by: string | null, detail = {}) =>
    noteAudit(db, { atMs: deps.nowMs(), what, by, detail });
  const placeOf = (counter: string): Place => {
    const facility = getSetting(db, 'facility');
    const staff = everybody(db);
    if (facility === null) return { state: 'not-enrolled', staff, staffId: null };
    if (!hasPins(db, staff)) {
      return { state: 'open', staff, staffId: answersForShop(staff, facility) };
    }
    const seat = seats.get(counter);
    if (seat === undefined) {
      const alone = aloneWithoutPin(db, staff);
      if (alone !== undefined) sit(counter, alone);
    } else if (isIdle(db, seat, deps.elapsedMs())) {
      leave(seat);
    }
    const staffId = seats.get(counter)?.staffId ?? null;
    const isThere = staffId !== null && staff.get(staffId)?.isEmployed === true;
    return isThere
      ? { state: 'signed-in', staff, staffId }
      : { state: 'locked', staff, staffId: null };
  };
  const sessionOf = (counter: string) => sessionAt(db, placeOf(counter), seats.get(counter));

  return {
    of: sessionOf,
    authorise: (counter, call) => {
      const place = placeOf(counter);
      const caller = callerAt(counter, place);
      if (actByCall[call.name] === 'anybody' || place.state === 'not-enrolled') return ok(caller);
      const member = place.staffId === null ? undefined : place.staff.get(place.staffId);
      if (member === undefined) return err({ type: 'NotSignedIn' });
      const acts = actsOfCall(db, { ...call, by: caller.by });
      const refusal = firstRefusal(member, acts);
      if (refusal === undefined) return ok(caller);
      const commandId = commandIdOf(call.input);
      // Done already: the answer is only said again.
      if (commandId === undefined || isAnswered(db, commandId)) {
        return commandId === undefined ? err(refusal) : ok(caller);
      }
      const hash = hashOf(call);
      const known = asked.get(commandId);
      const nowMs = deps.elapsedMs();
      if (known !== undefined && isApproved(known, { counter, by: caller.by, hash, nowMs })) {
        const approver = place.staff.get(known.approvedBy);
        const notHis = acts.find((act) => !mayAnswerFor(approver, { act, of: member }));
        if (notHis === undefined) return ok({ ...caller, approvedBy: known.approvedBy });
      }
      forgetOldest(asked, askedMax);
      asked.set(commandId, { counter, by: caller.by, acts, hash, askedMs: nowMs });
      return err(refusal);
    },
    signIn: async (counter, { staffId, pin }) => {
      const right = await checkPin({ db, deps }, { staffId, pin, by: null });
      if (!right.ok) return right;
      db.immediately(() => {
        note('signed-in', staffId);
        setSetting(db, 'isLocked', false);
      });
      sit(counter, staffId);
      return ok(sessionOf(counter));
    },
    admit: (counter, staffId) => {
      sit(counter, staffId);
      return sessionOf(counter);
    },
    lock: (counter, { isIdle: isByItself, isSwitch }) => {
      const { staffId, state } = placeOf(counter);
      if (state === 'signed-in') {
        db.immediately(() => {
          note('locked', staffId, { isIdle: isByItself });
          setSetting(db, 'isLocked', true);
        });
        const seat = seatOf(counter);
        leave(seat);
        // Two people who take turns need one key and a PIN.
        if (isSwitch) seat.suggested = seat.left[1] ?? seat.suggested;
      }
      return sessionOf(counter);
    },
    touch: (counter) => {
      const seat = seats.get(counter);
      if (seat !== undefined && placeOf(counter).state === 'signed-in') {
        seat.touchedMs = deps.elapsedMs();
      }
    },
    approve: async (counter, { commandId, staffId, pin }) => {
      const place = placeOf(counter);
      const waiting = asked.get(commandId);
      const member = place.staffId === null ? undefined : place.staff.get(place.staffId);
      if (member === undefined) return err({ type: 'NotSignedIn' });
      if (waiting?.counter !== counter || waiting.by !== place.staffId) {
        return err({ type: 'BadInput', detail: 'commandId: nothing waits for an approval' });
      }
      if (staffId === place.staffId)
        return err({ type: 'ApproverMayNot', staffId, acts: [...waiting.acts] });
      const right = await checkPin({ db, deps }, { staffId, pin, by: place.staffId });
      if (!right.ok) return right;
      const approver = place.staff.get(staffId);
      const notHis = waiting.acts.filter((act) => !mayAnswerFor(approver, { act, of: member }));
      if (notHis.length > 0) return err({ type: 'ApproverMayNot', staffId, acts: notHis });
      asked.set(commandId, { ...waiting, approvedBy: staffId, askedMs: deps.elapsedMs() });
      const detail = { subject: place.staffId, acts: waiting.acts };
      db.immediately(() => note('approved', staffId, detail));
      return ok({ approvedBy: staffId });
    },
  };
}

/** Somebody who works here has a PIN: from then on nobody acts without one. */
function hasPins(db: TillDb, staff: Staff): boolean {
  return [...staffWithPin(db)].some((staffId) => staff.get(staffId)?.isEmployed === true);
}

/** Who works alone and begins the day without a PIN, unless the counter was locked. */
function aloneWithoutPin(db: TillDb, staff: Staff): string | undefined {
  if (getSetting(db, 'shopSettings').isPinAskedAtStart || getSetting(db, 'isLocked'))
    return undefined;
  const employed = [...staff].filter(([, member]) => member.isEmployed);
  return employed.length === 1 ? employed[0]?.[0] : undefined;
}

function isIdle(db: TillDb, seat: Seat, elapsedMs: number): boolean {
  const { idleMinutes } = getSetting(db, 'shopSettings');
  return idleMinutes > 0 && elapsedMs - seat.touchedMs > idleMinutes * 60_000 + touchGraceMs;
}

function leave(seat: Seat): void {
  const { staffId } = seat;
  if (staffId === null) return;
  seat.left = [staffId, ...seat.left.filter((other) => other !== staffId)].slice(0, leftMax);
  seat.suggested = staffId;
  seat.staffId = null;
}

function callerAt(counter: string, { staffId, staff }: Place): Caller {
  const member = staffId === null ? undefined : staff.get(staffId);
  return {
    counter,
    by: staffId ?? automaticStaffId,
    may: (act) => member !== undefined && mayDo(member, act),
  };
}

/** The most telling one: a role that may never, before a duty or a supervisor. */
function firstRefusal(member: StaffMember, acts: readonly StaffAct[]): Refusal | undefined {
  const refusals = acts.flatMap((act) => {
    const verdict = judgeAct(member, act);
    return verdict.ok ? [] : [verdict.error];
  });
  return refusals.find(({ type }) => type === 'NotPermitted') ?? refusals[0];
}

function sessionAt(db: TillDb, { state, staff, staffId }: Place, seat: Seat | undefined): Session {
  const withPin = staffWithPin(db);
  const people = [...staff].flatMap(([id, { name, role, isOnDuty, isEmployed }]) => {
    const member: SessionMember = { staffId: id, name, role, isOnDuty, hasPin: withPin.has(id) };
    return isEmployed ? [member] : [];
  });
  const member = staffId === null ? undefined : staff.get(staffId);
  return {
    state,
    staff: people.find((person) => person.staffId === staffId) ?? null,
    mayNot: member === undefined ? [] : refusedActs(member),
    people,
    suggestedStaffId: seat?.suggested ?? null,
    settings: getSetting(db, 'shopSettings'),
  };
}

function refusedActs(member: StaffMember): Session['mayNot'] {
  return Object.values(actsOf(member)).flatMap((refusal) => {
    const isOfRole =
      refusal?.type === 'NotPermitted' ||
      refusal?.type === 'NotOnDuty' ||
      refusal?.type === 'SupervisorNeeded';
    return isOfRole ? [{ act: refusal.act, type: refusal.type, roles: [...refusal.roles] }] : [];
  });
}

function commandIdOf(input: object): string | undefined {
  return 'commandId' in input && typeof input.commandId === 'string' ? input.commandId : undefined;
}

function isAnswered(db: TillDb, commandId: string): boolean {
  const sql = 'SELECT 1 FROM command_answer WHERE command_id = ?';
  return db.one(z.unknown(), sql, commandId) !== undefined;
}

function hashOf(call: { readonly name: string; readonly input: unknown }): string {
  return createHash('sha256')
    .update(`${call.name}\n${JSON.stringify(call.input)}`)
    .digest('hex');
}

function isApproved(
  known: Asked,
  now: {
    readonly counter: string;
    readonly by: string;
    readonly hash: string;
    readonly nowMs: number;
  },
): known is Asked & { readonly approvedBy: string } {
  const isSame = known.counter === now.counter && known.by === now.by && known.hash === now.hash;
  const isFresh = now.nowMs - known.askedMs <= approvalMsMax;
  return isSame && isFresh && known.approvedBy !== undefined;
}

function mayAnswerFor(
  approver: StaffMember | undefined,
  wanted: { readonly act: StaffAct; readonly of: StaffMember },
): boolean {
  return (
    approver !== undefined && (judgeAct(wanted.of, wanted.act).ok || mayApprove(approver, wanted))
  );
}

/** A Map keeps the order in which its keys came. */
function forgetOldest(map: Map<string, unknown>, max: number): void {
  const [oldest] = map.keys();
  if (map.size >= max && oldest !== undefined) map.delete(oldest);
}
