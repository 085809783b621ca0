import type { IRouter } from 'express';
import type { CentreDeps } from '../deps.ts';

/** Every route of the regulator's console (shared/contract/console-api.ts). */
export function mountConsoleRoutes(_router: IRouter, _deps: CentreDeps): void {}
