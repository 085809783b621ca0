/** Regulator's console ↔ centre: what waits in the clinic, and who agrees with the centre. */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { AreaScheme, ProvinceCode } from '../model/area.ts';
import { CalendarDate, Instant } from '../model/calendar.ts';
import { DrugCode } from '../model/drug.ts';
import { FacilityId, TillId } from '../model/facility.ts';
import { parkedReasons } from '../rules/clinic.ts';
import type { Route } from './route.ts';

const Count = z.int().min(0);
const area = { scheme: AreaScheme.default('63'), area: ProvinceCode.optional() };
const pageQuery = {
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageRowsMax).default(100),
};

/** What a person may list: what waits, what the facility was asked about, what has left. */
export const parkedStates = ['waiting', 'asked', 'released'] as const;
export const ParkedState = z.enum(parkedStates);
export type ParkedState = z.infer<typeof ParkedState>;

export const ParkedRow = z.object({
  till: TillId,
  seq: z.int(),
  facilityId: FacilityId,
  facilityName: z.string(),
  provinceName: z.string(),
  type: z.string(),
  reason: z.enum(parkedReasons),
  detail: z.string(),
  parkedAt: Instant,
  judgedAt: Instant.nullable(),
  releasedAt: Instant.nullable(),
  releasedBy: z.string().nullable(),
  askedAt: Instant.nullable(),
  askedNote: z.string().nullable(),
});
export type ParkedRow = z.infer<typeof ParkedRow>;

/** What the audit keeps of a record. */
export const clinicActs = ['record-judged', 'drug-code-mapped', 'facility-asked'] as const;

export const ParkedRecord = ParkedRow.extend({
  /** The sealed line as the evidence holds it, and the chain's hash over it. */
  line: z.string(),
  hash: z.string(),
  /** Texts that stand where drug codes should, and can be mapped. */
  foreignCodes: z.array(z.string()),
  /** Names of the catalogue for the drug codes and mapped texts of the line. */
  drugNames: z.record(z.string(), z.string()),
  /** What people did about it, oldest first. */
  acts: z.array(
    z.object({
      at: Instant,
      account: z.string(),
      action: z.enum(clinicActs),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
  /** Each time it was judged again, oldest first; one entry where the same came of the same cause. */
  verdicts: z.array(
    z.object({
      cause: z.string(),
      before: z.enum(parkedReasons),
      /** Null when it was released. */
      after: z.enum(parkedReasons).nullable(),
      firstAt: Instant,
      lastAt: Instant,
      times: z.int().min(1),
    }),
  ),
});
export type ParkedRecord = z.infer<typeof ParkedRecord>;

export const agreementStates = [
  /** Two journals under one name: the centre takes neither on from where they part. */
  'forked',
  'different',
  'waiting',
  'unknown',
  /** The last till was revoked, and no other took its place. */
  'revoked',
  'agreed',
] as const;
export const AgreementState = z.enum(agreementStates);
export type AgreementState = z.infer<typeof AgreementState>;

/** An event as a person finds it again: its number, kind, moment and slip. */
export const NamedEvent = z.object({
  seq: z.int(),
  type: z.string(),
  at: z.string(),
  slip: z.string().nullable(),
});
export type NamedEvent = z.infer<typeof NamedEvent>;

export const AgreementRow = z.object({
  facilityId: FacilityId,
  facilityName: z.string(),
  provinceName: z.string(),
  state: AgreementState,
  since: Instant.nullable(),
  comparedAt: Instant.nullable(),
  comparedSeq: z.int().nullable(),
  waitingEvents: Count,
  /** The first event that differs, once the search has found it. */
  first: NamedEvent.nullable(),
});
export type AgreementRow = z.infer<typeof AgreementRow>;

const AgreementCounts = {
  forked: Count,
  different: Count,
  waiting: Count,
  unknown: Count,
  revoked: Count,
  agreed: Count,
} as const satisfies Record<AgreementState, z.ZodType>;

const recordParams = z.object({ till: TillId, seq: z.coerce.number().int().min(1) });
const nextCursor = { next: z.string().nullable() };

/** Why the present life of the centre's database began. */
export const epochReasons = ['new-database', 'database-history', 'lost-receipt'] as const;

export const clinicApi = {
  clinicFigures: {
    method: 'GET',
    path: '/api/clinic-figures',
    access: 'account',
    summary: 'How many records wait, and how many facilities differ from the centre',
    query: z.object(area),
    answer: z.object({ parked: Count, differing: Count }),
  },
  parkedRecords: {
    method: 'GET',
    path: '/api/clinic',
    access: 'account',
    summary: 'Records of the clinic: what waits, oldest first, or what has left it, newest first',
    query: z.object({
      ...area,
      ...pageQuery,
      state: ParkedState.default('waiting'),
      reason: z.enum(parkedReasons).optional(),
      facility: FacilityId.optional(),
      olderThanDays: z.coerce.number().int().min(0).max(3_650).default(0),
    }),
    answer: z.object({
      rows: z.array(ParkedRow),
      total: Count,
      /** How many of each reason, whichever reason is asked for. */
      reasons: z.record(z.enum(parkedReasons), Count),
      ...nextCursor,
    }),
  },
  parkedRecord: {
    method: 'GET',
    path: '/api/clinic/:till/:seq',
    access: 'account',
    summary: 'One record with its exact bytes',
    params: recordParams,
    answer: ParkedRecord,
  },
  judgeAgain: {
    method: 'POST',
    path: '/api/clinic/:till/:seq/judgement',
    access: 'account',
    summary: 'Judge what waits of this facility again',
    params: recordParams,
    answer: ParkedRecord,
  },
  mapDrugCode: {
    method: 'POST',
    path: '/api/clinic/:till/:seq/mappings',
    access: 'account',
    summary: 'Say which drug of the catalogue a facility means by a text; for good',
    params: recordParams,
    body: z.object({ code: z.string().min(1).max(limits.shortTextLength), drug: DrugCode }),
    answer: ParkedRecord,
  },
  askFacility: {
    method: 'POST',
    path: '/api/clinic/:till/:seq/question',
    access: 'account',
    summary: 'Ask the facility to look at a record; its till shows the note',
    params: recordParams,
    body: z.object({ note: z.string().trim().min(1).max(limits.noteLength) }),
    answer: ParkedRecord,
  },
  agreements: {
    method: 'GET',
    path: '/api/agreements',
    access: 'account',
    summary: 'Which facilities agree with the centre, differ, or have not been heard',
    query: z.object({ ...area, ...pageQuery, state: AgreementState.optional() }),
    answer: z.object({
      rows: z.array(AgreementRow),
      counts: z.record(AgreementState, Count),
      /** When the last nightly report was made. */
      reportedAt: Instant.nullable(),
      ...nextCursor,
    }),
  },
  agreementReport: {
    method: 'GET',
    path: '/api/agreement-report',
    access: 'account',
    summary: 'What the nightly report counted, by day and, for the last one, by area',
    query: z.object(area),
    answer: z.object({
      days: z.array(z.object({ day: CalendarDate, ...AgreementCounts })),
      areas: z.array(z.object({ code: ProvinceCode, name: z.string(), ...AgreementCounts })),
    }),
  },
  centreEpoch: {
    method: 'GET',
    path: '/api/centre-epoch',
    access: 'account',
    summary: 'Whether the centre went back in time, and what its tills have sent again',
    answer: z.object({
      number: Count,
      beganAt: Instant,
      reason: z.enum(epochReasons),
      /** Tills that showed a receipt over events which this centre had lost. */
      tills: Count,
      lostEvents: Count,
      /** Of those, what has not been sent again yet. */
      missingEvents: Count,
      /** Whose tills they are: those that lack most first, at most a page of them. */
      facilities: z.array(
        z.object({
          facilityId: FacilityId,
          facilityName: z.string(),
          provinceName: z.string(),
          lostEvents: Count,
          missingEvents: Count,
        }),
      ),
    }),
  },
  facilityHealth: {
    method: 'GET',
    path: '/api/facilities/:id/health',
    access: 'account',
    summary: 'Agreement, records that wait, checks and repairs of one facility',
    params: z.object({ id: FacilityId }),
    answer: z.object({
      agreement: AgreementRow.nullable(),
      parked: Count,
      checkedAt: Instant.nullable(),
      repairs: z.array(
        z.object({
          repairedAt: Instant,
          askedBy: z.string(),
          differences: z.record(z.string(), Count),
        }),
      ),
    }),
  },
  checkFacility: {
    method: 'POST',
    path: '/api/facilities/:id/check',
    access: 'account',
    summary: 'Compare the derived tables of a facility with its evidence, and repair them',
    params: z.object({ id: FacilityId }),
    answer: z.object({
      events: Count,
      movements: Count,
      repaired: z.record(z.string(), Count),
    }),
  },
} as const satisfies Record<string, Route>;
