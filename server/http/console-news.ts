import type { ConsoleTopic, Notices } from '../db/notices.ts';
import type { EventStream } from './event-streams.ts';

/** A busy country changes all the time: a console hears of it this often at most. */
const newsMsMin = 250;

/**
 * Tells every open console what changed: the first news at once, what follows gathered. It says
 * only which lists to ask for again; what the account may see of them, the questions decide.
 */
export function createConsoleNews(notices: Notices): (stream: EventStream) => void {
  const streams = new Set<EventStream>();
  const waiting = new Set<ConsoleTopic>();
  let timer: NodeJS.Timeout | undefined;

  function tell(): void {
    const topics = [...waiting];
    waiting.clear();
    timer = undefined;
    if (topics.length === 0) return;
    for (const stream of streams) stream.send('changed', { topics });
    timer = setTimeout(tell, newsMsMin);
    timer.unref();
  }

  notices.onConsole((topics) => {
    for (const topic of topics) waiting.add(topic);
    if (timer === undefined) tell();
  });
  return (stream) => {
    streams.add(stream);
    stream.onClose(() => streams.delete(stream));
  };
}
