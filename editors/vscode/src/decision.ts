/** What rules make of the records of a sample: asked of the program, told as plain data to the panel. */

import { access } from 'node:fs/promises';
import * as path from 'node:path';

import { type Graph, graphs } from './graph';
import { call } from './program';
import { candidates, read } from './sample';

/** A condition of a rule and how it turned out; `holds` is null when nobody asked. */
export interface Condition {
  text: string;
  holds: boolean | null;
  read?: Record<string, unknown>;
}

/** A rule and how it turned out. */
export interface Tried {
  set: string;
  rule: string;
  at: string;
  holds: boolean | null;
  conditions?: Condition[];
}

/** A verdict as `rulebook run --trace` writes it, as far as the panel reads it. */
export interface Verdict {
  record: string | null;
  type: string;
  fired: { set: string; rule: string; at: string }[];
  values?: Record<string, unknown>;
  assign?: Record<string, unknown>;
  set?: Record<string, unknown>;
  effects?: Record<string, unknown>[];
  outcome?: string;
  trace?: { rules: Tried[] };
  [key: string]: unknown;
}

/** All that the panel shows. */
export interface Decision {
  rules: string;
  sample?: string;
  graphs: Graph[];
  verdicts: Verdict[];
  /** What the program says of it all, when something is wrong. */
  complaint?: string;
}

/** What to ask of which program. */
export interface Request {
  program: string;
  rules: string;
  sample: string;
  now: string;
  type: string;
  signal?: AbortSignal;
}

/** The folder of a rulebook: where `rulebook.toml` lies, no higher than `top`; else the folder of the file. */
export async function folderOf(file: string, top: string | undefined): Promise<string> {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    try {
      await access(path.join(folder, 'rulebook.toml'));
      return folder;
    } catch {
      if (!top || folder === top || folder === path.dirname(folder)) return path.dirname(file);
    }
  }
}

/** Asks for the trees and for the verdicts of the sample. What is wrong is told, not thrown. */
export async function decide(request: Request): Promise<Decision> {
  const { program, rules, signal } = request;
  const tree = await call(program, ['dump', '--tree', '--format', 'dot', '.'], { cwd: rules, signal });
  const decision: Decision = { rules, graphs: graphs(tree.out), verdicts: [] };
  if (tree.code !== 0) return { ...decision, complaint: tree.err };
  try {
    const records = [...new Set(decision.graphs.map((graph) => graph.record))];
    const file = request.sample || (await candidates(rules, records))[0];
    if (!file) return { ...decision, complaint: 'There is no file of records beside the rules. Choose one to see verdicts.' };
    const sample = await read(file);
    const words = ['run', '.', '-', '--trace', '--format', 'ndjson', '--quiet', '--input-format', sample.format];
    if (request.now) words.push('--now', request.now);
    if (request.type) words.push('--type', request.type);
    const run = await call(program, words, { cwd: rules, input: sample.text, signal });
    const verdicts = run.out.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Verdict);
    return { ...decision, sample: file, verdicts, complaint: run.err || undefined };
  } catch (error) {
    return { ...decision, complaint: error instanceof Error ? error.message : String(error) };
  }
}
