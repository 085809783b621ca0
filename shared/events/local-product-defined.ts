import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { LocalProductCode, LocalProductKind } from '../model/local-product.ts';
import { UnitTree } from '../model/quantity.ts';
import { approval } from './approval.ts';

/**
 * The facility trades something the national catalogue does not have (yet): it is sold and counted
 * under a code of its own, and mapped later. A later definition of the same code replaces the one
 * before.
 */
export const LocalProductDefined = z.object({
  code: LocalProductCode,
  /** 1 when it was first defined. */
  revision: z.int().min(1).max(limits.localProductRevisionsMax),
  name: z.string().trim().min(1).max(limits.nameLength),
  kind: LocalProductKind,
  units: UnitTree,
  barcode: z.string().trim().min(1).max(limits.barcodeLength).nullable(),
  /** Registration, declaration or receipt number on the pack; empty where there is none. */
  registrationNumber: z.string().trim().max(limits.shortTextLength),
  manufacturer: z.string().trim().max(limits.nameLength),
  ...approval,
});
export type LocalProductDefined = z.infer<typeof LocalProductDefined>;
