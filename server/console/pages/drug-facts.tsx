import type { ReactNode } from 'react';
import type { Drug } from '../../../shared/model/drug.ts';
import { Card } from '../components/card.tsx';
import { count, money } from '../format.ts';
import { useText } from '../text/language.tsx';

/** What the catalogue says of the drug. */
export function DrugFactsCard({ drug }: { readonly drug: Drug }) {
  const text = useText();
  const unitTree = drug.units
    .toReversed()
    .map((unit) => (unit.factor === 1 ? unit.name : `${unit.name} (${count(unit.factor)})`))
    .join(' › ');
  const facts: readonly (readonly [string, ReactNode])[] = [
    [text.drugs.registration, drug.registrationNumber],
    [text.drugs.ingredients, drug.ingredients],
    [text.drugs.dosageForm, drug.dosageForm],
    [text.drugs.group, drug.group],
    [text.drugs.packaging, drug.packaging],
    [text.drugs.units, unitTree],
    [text.drugs.manufacturer, drug.manufacturer],
    [text.drugs.country, drug.country],
    [text.drugs.ceiling, drug.ceilingPriceVnd === null ? '' : money(drug.ceilingPriceVnd)],
    [text.drugs.aliases, drug.aliases.map((alias) => alias.value).join(', ')],
    [
      text.drugs.code,
      <span className="mono" key="code">
        {drug.code}
      </span>,
    ],
  ];
  return (
    <Card title={text.drugs.facts}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <Fact key={name} name={name} value={value === '' ? '–' : value} />
        ))}
      </dl>
    </Card>
  );
}

/** One line of a list of facts. */
export function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
