import type { Random } from '../../server/twin/random.ts';
import type { Connections } from './centre-connections.ts';
import type { Disk } from './disk.ts';
import type { Network } from './faulty-network.ts';
import type { Machine, MachineParts } from './machine.ts';
import type { Oracle } from './oracle.ts';
import type { Plan } from './plan.ts';
import type { SimulatedCentre } from './simulated-centre.ts';
import type { VirtualTime } from './virtual-time.ts';

export type SimulationOptions = {
  readonly seed: string;
  readonly tills: number;
  readonly days: number;
  /** Folder for the tills' files; the caller removes it. */
  readonly folder: string;
  readonly startMs: number;
};

/** What outlives a seed. */
export type Surroundings = {
  readonly centre: SimulatedCentre;
  readonly disk: Disk;
  readonly connections: Connections;
};

export type World = Surroundings & {
  readonly options: SimulationOptions;
  readonly plan: Plan;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly network: Network;
  readonly oracle: Oracle;
  readonly machines: Machine[];
  readonly parts: MachineParts;
  readonly addMachine: (birth: {
    readonly name: string;
    readonly facility: string;
    readonly code: string;
    readonly heirOf?: string;
  }) => void;
  readonly trace: (text: string) => void;
  readonly revokedIdentities: Set<string>;
  /** Identities that something reached the centre of since the last step. */
  readonly touched: Set<string>;
  readonly tillIds: Map<string, string>;
  /** Faults are off and nobody comes any more: only sync goes on. */
  isOver: boolean;
  /** Disks, power cuts: what neither the line nor the centre counts. */
  faults: number;
};
