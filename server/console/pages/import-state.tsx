import type { CatalogueImport } from '../../../shared/contract/console-api.ts';
import { Tag, type Tone } from '../components/controls.tsx';
import { useText } from '../text/language.tsx';

const tones: Readonly<Record<CatalogueImport['state'], Tone>> = {
  reading: 'info',
  ready: 'accent',
  publishing: 'info',
  published: 'good',
  cancelled: 'neutral',
  failed: 'bad',
};

export function ImportState({ state }: { readonly state: CatalogueImport['state'] }) {
  const text = useText();
  return <Tag tone={tones[state]}>{text.importStates[state]}</Tag>;
}
