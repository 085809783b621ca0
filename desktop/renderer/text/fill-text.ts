import { formatNumber } from '../base/format.ts';

const pluralRules = { vi: new Intl.PluralRules('vi'), en: new Intl.PluralRules('en') };

/** `{name}` becomes the value; `{count|one|other}` becomes the word that goes with the number. */
export function fillText(
  text: string,
  values: Readonly<Record<string, string | number>>,
  language: keyof typeof pluralRules,
): string {
  return text.replace(/\{([A-Za-z]+)(?:\|([^|}]*)\|([^}]*))?\}/g, (hole, name, one, other) => {
    const value = values[String(name)];
    if (value === undefined) return hole;
    if (one === undefined) return typeof value === 'number' ? formatNumber(value) : value;
    return pluralRules[language].select(Number(value)) === 'one' ? String(one) : String(other);
  });
}
