/**
 * `npm start`: the centre with its demonstration country, and a till at a counter. `--till` starts
 * the till alone (`npm run till`).
 *
 * PORT (4700) and TILL_PORT (4780) · DATA_DIR (./data) · DATABASE_URL · DEMO=0 (an empty country)
 * · DEMO_LIVE=0 (the country stands still) · Ctrl-C ends everything in order.
 *
 * Exit codes: 0 ended as asked · 1 could not start or a part died, with the reason · 2 old Node
 * (launch/node-version.mjs).
 */
import process from 'node:process';
import { launch } from './launch/launch.ts';

process.exitCode = await launch({ isTillOnly: process.argv.includes('--till') });
