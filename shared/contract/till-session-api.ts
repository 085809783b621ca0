/**
 * Who acts at a counter, a part of till-api.ts. The till's process keeps one session per counter: a
 * window of the program, or a page of a browser that the counter host has named. What a screen says
 * about itself counts for nothing; only a PIN makes somebody the person whom the journal names.
 *
 * An act that is not for whoever is signed in may be approved here by somebody else, who enters
 * their PIN for this one command (`session.approve` with its `commandId`); the command is then sent
 * again, and its fact names both.
 */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { StaffId } from '../model/facility.ts';
import { ShopSettings } from '../model/shop-settings.ts';
import { StaffRole } from '../model/staff.ts';
import { StaffAct } from '../model/staff-act.ts';
import { CommandId } from './till-parts.ts';

export const Pin = z.string().trim().max(20);

export const SessionMember = z.object({
  staffId: StaffId,
  name: z.string(),
  role: StaffRole,
  isOnDuty: z.boolean(),
  hasPin: z.boolean(),
});
export type SessionMember = z.infer<typeof SessionMember>;

export const Session = z.object({
  /**
   * `open`: nobody has a PIN yet, so whoever answers for the shop is taken to act; `locked`: a PIN
   * is wanted before anything else.
   */
  state: z.enum(['not-enrolled', 'open', 'signed-in', 'locked']),
  staff: SessionMember.nullable(),
  /** Acts that this person does not do alone, with the reason: for disabled buttons. */
  mayNot: z.array(
    z.object({
      act: StaffAct,
      type: z.enum(['NotPermitted', 'NotOnDuty', 'SupervisorNeeded']),
      roles: z.array(StaffRole),
    }),
  ),
  /** Who may sign in here; those who left are not among them. */
  people: z.array(SessionMember).max(limits.staffMax + 1),
  /** Who is likely to sign in next: the last who left, or for a switch whoever was there before. */
  suggestedStaffId: StaffId.nullable(),
  settings: ShopSettings,
});
export type Session = z.infer<typeof Session>;

export const tillSessionApi = {
  'session.get': { kind: 'query', input: z.object({}), answer: Session },
  'session.signIn': {
    kind: 'command',
    input: z.object({ staffId: StaffId, pin: Pin }),
    answer: Session,
  },
  /** Nobody acts here until a PIN is entered; what the screen holds stays. */
  'session.lock': {
    kind: 'command',
    input: z.object({ isIdle: z.boolean().default(false), isSwitch: z.boolean().default(false) }),
    answer: Session,
  },
  /** Somebody is at the counter: it is not idle. */
  'session.touch': { kind: 'command', input: z.object({}), answer: z.object({}) },
  /** Somebody else takes the responsibility for one command of whoever is signed in. */
  'session.approve': {
    kind: 'command',
    input: z.object({
      /** Of the command that was refused and is sent again afterwards. */
      commandId: CommandId,
      staffId: StaffId,
      pin: Pin,
    }),
    answer: z.object({ approvedBy: StaffId }),
  },
} as const;
