/** The records on which rules are shown. */

import { readdir, readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';

/** How many records of a sample are decided. */
export const MOST_RECORDS = 200;

/** The largest file that is read as a sample, in bytes. */
const LARGEST = 32 * 1024 * 1024;

/** Records, in the words of `rulebook run --input-format`. */
export interface Sample {
  file: string;
  format: 'ndjson' | 'csv' | 'tsv';
  text: string;
}

const FORMATS = new Map([
  ['.ndjson', 'ndjson'],
  ['.jsonl', 'ndjson'],
  ['.json', 'json'],
  ['.csv', 'csv'],
  ['.tsv', 'tsv'],
]);

/** The files in a folder that may hold records, those first whose name is that of a record or begins with `sample`. */
export async function candidates(folder: string, records: string[]): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => FORMATS.has(path.extname(name).toLowerCase()));
  const fit = (name: string): number => {
    const stem = path.parse(name).name.toLowerCase();
    if (records.some((record) => stem === record || stem === `${record}s`)) return 0;
    if (stem.startsWith('sample')) return 1;
    return records.some((record) => stem.startsWith(record)) ? 2 : 3;
  };
  return names.sort((a, b) => fit(a) - fit(b) || a.localeCompare(b)).map((name) => path.join(folder, name));
}

/** The first records of a file. @throws when it cannot be read, is too large or holds nothing that is known */
export async function read(file: string): Promise<Sample> {
  const format = FORMATS.get(path.extname(file).toLowerCase());
  if (!format) throw new Error(`${path.basename(file)} is neither NDJSON, JSON, CSV nor TSV.`);
  if ((await stat(file)).size > LARGEST) throw new Error(`${path.basename(file)} is larger than 32 MiB: choose a smaller sample.`);
  const text = await readFile(file, 'utf8');
  return format === 'json'
    ? { file, format: 'ndjson', text: ofArray(text) }
    : { file, format: format as Sample['format'], text: firstLines(text, format === 'ndjson' ? 0 : 1) };
}

function ofArray(text: string): string {
  const value: unknown = JSON.parse(text);
  const records = Array.isArray(value) ? value : [value];
  return records.slice(0, MOST_RECORDS).map((record) => JSON.stringify(record)).join('\n');
}

/** The first lines that are not within quotes, behind `headers`. */
function firstLines(text: string, headers: number): string {
  let quoted = false;
  let lines = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '"' && headers > 0) quoted = !quoted;
    if (letter !== '\n' || quoted) continue;
    lines += 1;
    if (lines === MOST_RECORDS + headers) return text.slice(0, at + 1);
  }
  return text;
}
