import type { FacilityState, TillRow } from '../../../shared/contract/console-api.ts';
import type { Tone } from '../components/controls.tsx';

export const stateTones: Readonly<Record<FacilityState, Tone>> = {
  reporting: 'good',
  silent: 'warn',
  'never-enrolled': 'neutral',
  revoked: 'bad',
};

export const tillTones: Readonly<Record<TillRow['state'], Tone>> = {
  active: 'good',
  revoked: 'neutral',
  forked: 'bad',
};
