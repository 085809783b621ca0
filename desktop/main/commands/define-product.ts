import { z } from 'zod';
import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decideDefinition } from '../../../shared/rules/local-product.ts';
import { indexLocalProducts, localProductOf, ownerOfNumber } from '../db/local-products.ts';
import type { TillDb } from '../db/till-db.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Defines a product that the catalogue does not have; it is traded from now on like any other. */
export function defineProduct(
  context: CommandContext,
  input: TillInput<'products.define'>,
): Result<TillAnswer<'products.define'>, TillProblem> {
  return recordOnce(context, 'products.define', input, ({ db, append }) => {
    const { code } = input;
    const defined = decideDefinition(
      {
        newId: context.deps.newId(),
        known: code === undefined ? undefined : localProductOf(db, code),
        hasMoved: code !== undefined && hasMoved(db, code),
        other: otherProduct(db, input),
      },
      input,
    );
    if (!defined.ok) return defined;
    const document = append('LocalProductDefined.v1', defined.value);
    if (!document.ok) return document;
    indexLocalProducts(db);
    return ok({ ...document.value, code: defined.value.code });
  });
}

function hasMoved(db: TillDb, code: string): boolean {
  const row = db.one(
    z.object({ moved: z.int() }),
    'SELECT EXISTS (SELECT 1 FROM movement WHERE drug = ?) AS moved',
    code,
  );
  return row?.moved === 1;
}

function otherProduct(
  db: TillDb,
  { code, barcode, registrationNumber }: TillInput<'products.define'>,
): { readonly drug: string; readonly number: string } | undefined {
  for (const number of [barcode ?? '', registrationNumber]) {
    const drug = ownerOfNumber(db, number, code);
    if (drug !== undefined) return { drug, number };
  }
  return undefined;
}
