import { limits } from '../../../shared/base/limits.ts';

/**
 * Reads the one thing the centre's event stream says: `event: news`, ended by an empty line
 * (HTML Standard §9.2.6). Comments keep the line alive; anything else is ignored.
 * @returns a function that takes the bytes as they come, cut anywhere.
 */
export function newsReader(onNews: () => void): (chunk: Uint8Array) => void {
  const decoder = new TextDecoder();
  let rest = '';
  let isNews = false;
  return (chunk) => {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '').slice(0, limits.streamLineLengthMax);
    for (const line of lines) {
      if (line === '') {
        if (isNews) onNews();
        isNews = false;
      } else if (/^event: ?news$/.test(line)) {
        isNews = true;
      }
    }
  };
}
