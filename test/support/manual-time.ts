import type { Timers } from '../../desktop/main/deps.ts';

/** Time that passes only when a test says so. */
export class ManualTime {
  #nowMs: number;
  #waiting: { dueMs: number; run: () => void }[] = [];
  readonly schedules: { readonly expression: string; readonly run: () => void }[] = [];

  constructor(startMs = Date.parse('2026-11-22T07:32:05Z')) {
    this.#nowMs = startMs;
  }

  readonly nowMs = (): number => this.#nowMs;

  readonly timers: Timers = {
    after: (delayMs, run) => {
      const entry = { dueMs: this.#nowMs + delayMs, run };
      this.#waiting.push(entry);
      return () => {
        this.#waiting = this.#waiting.filter((other) => other !== entry);
      };
    },
    schedule: (expression, run) => {
      const entry = { expression, run };
      this.schedules.push(entry);
      return () => {
        this.schedules.splice(this.schedules.indexOf(entry), 1);
      };
    },
  };

  /** Delays still to come, soonest first. */
  get delaysMs(): readonly number[] {
    return this.#waiting.map(({ dueMs }) => dueMs - this.#nowMs).sort((a, b) => a - b);
  }

  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const next = this.#waiting
        .filter(({ dueMs }) => dueMs <= untilMs)
        .sort((a, b) => a.dueMs - b.dueMs)[0];
      if (next === undefined) break;
      this.#waiting = this.#waiting.filter((other) => other !== next);
      this.#nowMs = next.dueMs;
      next.run();
    }
    this.#nowMs = untilMs;
  }
}

/** Lets everything run that needs no more time. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
