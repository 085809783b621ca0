import {
  type AreaScheme,
  areaName,
  province63,
  provinces63,
  units34,
} from '../../../shared/model/area.ts';
import { provincesInScope } from '../../../shared/rules/scope.ts';
import { useAccount } from '../session.tsx';
import { useText } from '../text/language.tsx';
import { Choice, Select } from './controls.tsx';

export type AreaState = { readonly scheme: AreaScheme; readonly area: string | undefined };

/** Which part of the country, under which of the two schemes; only what the account may see. */
export function AreaPicker({
  value,
  onChange,
}: {
  readonly value: AreaState;
  readonly onChange: (area: AreaState) => void;
}) {
  const text = useText();
  const account = useAccount();
  const areas = visibleAreas(value.scheme, provincesInScope(account.scope));
  // An account of one province sees one area: the whole of what it may see.
  const parts = areas.length === 1 && value.area === undefined ? [] : areas;
  const whole =
    account.scope.kind === 'nation'
      ? text.area.country
      : areaName(account.scope.scheme, account.scope.code);
  return (
    <>
      <Choice
        label={text.area.scheme}
        value={value.scheme}
        options={[
          { value: '63', label: text.area.scheme63 },
          { value: '34', label: text.area.scheme34 },
        ]}
        onChange={(scheme) => onChange({ scheme, area: translated(value, scheme) })}
      />
      <Select
        label={text.area.area}
        isLabelHidden
        value={value.area ?? ''}
        options={[
          { value: '', label: whole },
          ...parts.map((area) => ({ value: area.code, label: area.name })),
        ]}
        onChange={(area) => onChange({ ...value, area: area === '' ? undefined : area })}
      />
    </>
  );
}

/** The name of what is looked at: the area, or the whole of what the account may see. */
export function useAreaTitle({ scheme, area }: AreaState): string {
  const text = useText();
  const { scope } = useAccount();
  if (area !== undefined) return areaName(scheme, area);
  return scope.kind === 'nation' ? text.area.country : areaName(scope.scheme, scope.code);
}

function visibleAreas(scheme: AreaScheme, permitted: readonly string[]) {
  const collator = new Intl.Collator('vi');
  const seen = new Set(
    permitted.map((code) => (scheme === '63' ? code : (province63(code)?.unit34 ?? code))),
  );
  return (scheme === '63' ? provinces63 : units34)
    .filter((area) => seen.has(area.code))
    .toSorted((left, right) => collator.compare(left.name, right.name));
}

/** A province becomes the unit it went into; a unit of several provinces has no single one. */
function translated({ scheme, area }: AreaState, next: AreaScheme): string | undefined {
  if (area === undefined || scheme === next) return area;
  if (next === '34') return province63(area)?.unit34;
  const parts = provinces63.filter((province) => province.unit34 === area);
  return parts.length === 1 ? parts[0]?.code : undefined;
}
