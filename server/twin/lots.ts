import {
  addDays,
  type CalendarDate,
  dateOfDayNumber,
  dayNumberOf,
} from '../../shared/model/calendar.ts';
import type { Lot } from '../../shared/model/lot.ts';
import { type Random, randomOf } from './random.ts';

const lotLetters = 'ABCDEFGHKLMNPQRSTUVX';

/**
 * Lots are national: a maker finishes one about every seven weeks and all wholesalers carry it, so
 * that one lot can be traced through many facilities.
 */
export function lotInTrade(input: {
  readonly drug: string;
  readonly day: CalendarDate;
  readonly random: Random;
}): Lot {
  const newest = Math.floor((dayNumberOf(input.day) - phaseOf(input.drug)) / daysPerLot);
  return lotNumbered(input.drug, newest - input.random.between(0, 2));
}

/** An old lot of the drug that expires on a given day: another day, another lot. */
export function lotExpiring(input: { readonly drug: string; readonly on: CalendarDate }): Lot {
  const random = randomOf(`lot/${input.drug}/${input.on}`);
  return {
    drug: input.drug,
    lot: `${random.pick([...lotLetters])}0${random.between(1000, 9999)}`,
    expiresOn: input.on,
  };
}

const daysPerLot = 50;

function phaseOf(drug: string): number {
  return randomOf(`lot/${drug}`).between(0, daysPerLot - 1);
}

function lotNumbered(drug: string, number: number): Lot {
  const random = randomOf(`lot/${drug}/${number}`);
  const madeOn = dateOfDayNumber(number * daysPerLot);
  const letter = random.pick([...lotLetters]);
  const year = madeOn.slice(2, 4);
  const month = madeOn.slice(5, 7);
  return {
    drug,
    lot: `${letter}${random.between(10, 99)}${month}${year}`,
    expiresOn: addDays(madeOn, random.pick([730, 730, 1_095])),
  };
}
