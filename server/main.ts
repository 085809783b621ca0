/** The centre as a program of its own; its environment is described in run-centre.ts. */
import { runCentre } from './run-centre.ts';

await runCentre();
