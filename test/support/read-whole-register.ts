import {
  type RegisterEvent,
  type RegisterOptions,
  readRegister,
} from '../../server/catalogue/read-register.ts';

/** All events of a register given as bytes or text, in chunks of the given size. */
export async function readWholeRegister(
  content: string | Uint8Array,
  options: Partial<RegisterOptions> & { readonly chunkBytes?: number } = {},
): Promise<readonly RegisterEvent[]> {
  const { chunkBytes = 1_000, ...rest } = options;
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const events: RegisterEvent[] = [];
  const whole = { fileName: 'register.csv', sizeBytes: bytes.length, ...rest };
  for await (const event of readRegister(chunksOf(bytes, chunkBytes), whole)) events.push(event);
  return events;
}

/** One word an event, for comparing whole readings at a glance. */
export function summaryOf(events: readonly RegisterEvent[]): readonly string[] {
  return events.map((event) => {
    switch (event.kind) {
      case 'row':
        return [event.rowNumber, event.drug.code, ...event.warnings].join(' ');
      case 'unreadable':
        return `${event.rowNumber} ! ${event.reason}`;
      case 'refused':
        return `refused ${event.refusal.code}`;
      default: {
        const { rows, read, unreadable } = event.summary;
        return `finished ${rows} = ${read} + ${unreadable}`;
      }
    }
  });
}

async function* chunksOf(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    yield bytes.subarray(start, start + chunkBytes);
  }
}
