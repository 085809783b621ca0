/** Looking after a till: how the shop wants it, and what support may see of it. */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Instant } from '../model/calendar.ts';
import { ShopSettings, ShopSettingsChange } from '../model/shop-settings.ts';
import { ProgramVersion, UpdateManifest } from './update-manifest.ts';

export const updateRefusals = [
  /** No file for this system was found there. */
  'nothing-there',
  /** Not signed by us, or changed since. */
  'not-authentic',
  'unreadable',
  /** What is there is this program, or an older one. */
  'not-newer',
  /** Made for another kind of computer. */
  'other-computer',
  /** This copy of the program is not one that installs updates by itself. */
  'not-installable',
  /** No answer, or the download broke off. */
  'unreachable',
  /** The file that came is not the one that was announced. */
  'wrong-file',
  /** The backup before it failed: without one the program stays as it is. */
  'no-backup',
] as const;
export type UpdateRefusal = (typeof updateRefusals)[number];

/** Where a newer program stands on its way into this till. */
export const UpdateStatus = z.object({
  installed: z.string(),
  /** This copy can put a newer one in its place. */
  isInstallable: z.boolean(),
  checkedAt: Instant.nullable(),
  /** A newer program that we signed; null when none is known. */
  offered: z
    .object({
      version: ProgramVersion,
      bytes: z.int(),
      notes: UpdateManifest.shape.notes,
      /** A stick's folder; null for the centre. */
      folder: z.string().nullable(),
    })
    .nullable(),
  step: z.enum(['none', 'offered', 'downloading', 'ready', 'installing']),
  percent: z.int().min(0).max(100),
  problem: z.enum(updateRefusals).nullable(),
});
export type UpdateStatus = z.infer<typeof UpdateStatus>;

/** Other counters on the shop's own network. */
export const LanStatus = z.object({
  /** This program can open its screens to the network. */
  isOffered: z.boolean(),
  isOpen: z.boolean(),
  port: z.int(),
  /** Under which this machine is reached; empty without a network. */
  urls: z.array(z.string()),
  /** Of the certificate that a browser asks about, SHA-256 in pairs. */
  fingerprint: z.string().nullable(),
  /** Lets one device in. */
  code: z.object({ text: z.string(), expiresAt: Instant }).nullable(),
  devices: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      pairedAt: Instant,
      /** Since this program was started. */
      lastSeenAt: Instant.nullable(),
    }),
  ),
  problem: z.enum(['port-taken', 'failed']).nullable(),
});
export type LanStatus = z.infer<typeof LanStatus>;

export const tillCareApi = {
  'lan.status': { kind: 'query', input: z.object({}), answer: LanStatus },
  'lan.newCode': { kind: 'command', input: z.object({}), answer: LanStatus },
  /** The device is let in no more; what was sold there stays. */
  'lan.forget': { kind: 'command', input: z.object({ id: z.uuid() }), answer: LanStatus },
  'updates.status': { kind: 'query', input: z.object({}), answer: UpdateStatus },
  /** Looks now: at the centre, or in a folder of a stick. */
  'updates.check': {
    kind: 'command',
    input: z.object({ folder: z.string().trim().min(1).max(limits.pathLength).optional() }),
    answer: UpdateStatus,
  },
  /** Backs up, then exchanges the program and starts it again; answers when it has begun. */
  'updates.install': { kind: 'command', input: z.object({}), answer: UpdateStatus },
  'settings.get': { kind: 'query', input: z.object({}), answer: ShopSettings },
  'settings.change': { kind: 'command', input: ShopSettingsChange, answer: ShopSettings },
  /**
   * A text for support that a person can read before giving it away: versions, figures and the last
   * lines of the log; no customer, no member of the staff, no price and no drug.
   */
  'care.diagnostics': {
    kind: 'command',
    input: z.object({}),
    answer: z.object({ fileName: z.string(), text: z.string() }),
  },
} as const;
