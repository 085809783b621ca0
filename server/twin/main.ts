/**
 * The centre with the demonstration country in it: what `npm start` runs. Besides the environment of
 * run-centre.ts: DEMO=0 (an empty country), DEMO_SEED, DEMO_FACILITIES, DEMO_LIVE=0 (the country
 * stands still once its past is told).
 */
import { z } from 'zod';
import { runCentre, sayFirstPassword, type WithCentre } from '../run-centre.ts';
import type { Centre } from '../start-centre.ts';
import { type Demonstration, startDemonstration } from './demonstration.ts';
import type { LaunchMessage } from './launch-messages.ts';

const Settings = z.object({
  DEMO: z.string().default('1'),
  DEMO_SEED: z.string().min(1).max(40).default('mang-thuoc'),
  DEMO_FACILITIES: z.coerce.number().int().min(70).max(5_000).default(640),
  DEMO_LIVE: z.string().default('1'),
});

await runCentre((centre, log) => grow(centre, log));

async function grow(centre: Centre, log: Parameters<WithCentre>[1]): Promise<() => Promise<void>> {
  const settings = Settings.parse(process.env);
  const centreUrl = centre.url;
  if (settings.DEMO === '0') {
    await sayFirstPassword(centre);
    tell({ type: 'ready', centreUrl, country: 'empty' });
    return async () => {};
  }
  const demonstration = await startDemonstration(
    centre,
    {
      seed: settings.DEMO_SEED,
      facilityCount: settings.DEMO_FACILITIES,
      isLive: settings.DEMO_LIVE !== '0',
    },
    {
      progress: (stage, done, total) => tell({ type: 'progress', stage, done, total }),
      newcomer: (newcomer) => tell({ type: 'newcomer', centreUrl, ...newcomer }),
      failed: (detail) => {
        log.error({ detail }, 'the demonstration has ended');
        tell({ type: 'trouble', detail });
      },
    },
  );
  if (demonstration === undefined) {
    await sayFirstPassword(centre);
    tell({ type: 'ready', centreUrl, country: 'not-ours' });
    return async () => {};
  }
  void announce(demonstration, centreUrl);
  return demonstration.close;
}

/** A complete country is ready at once and catches up behind the scenes. */
async function announce(demonstration: Demonstration, centreUrl: string): Promise<void> {
  const ready = () => tell({ type: 'ready', centreUrl, country: 'demonstration' });
  if (demonstration.wasComplete) ready();
  try {
    const told = await demonstration.told;
    if (told === 'closed') return;
    if (told.strangers > 0) {
      const detail = `${told.strangers} tills were made by another version of this program and stay silent`;
      tell({ type: 'trouble', detail });
    }
    if (!demonstration.wasComplete) ready();
  } catch (error) {
    tell({ type: 'trouble', detail: error instanceof Error ? error.message : String(error) });
  }
}

function tell(message: LaunchMessage): void {
  if (process.connected) process.send?.(message);
}
