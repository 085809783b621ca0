import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { destination, type Level, type Logger, pino } from 'pino';

const logBytesMax = 64 * 1024 * 1024;

/**
 * JSON lines in a file, or on `stderr` for whoever collects it there. One older file is kept. Two
 * processes may write to one file: lines are short and appended.
 */
export function openLog(options: { readonly file: string; readonly level: Level }): Logger {
  const { file, level } = options;
  const settings = { level, base: { process: process.pid }, redact: ['password', 'code'] };
  if (file === 'stderr') return pino(settings, destination(2));
  mkdirSync(path.dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > logBytesMax) renameSync(file, `${file}.old`);
  return pino(settings, destination({ dest: file, sync: true, mode: 0o640 }));
}
