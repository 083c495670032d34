/** The program `rulebook`: where it is, and what it says. */

import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';

/** How long the program may take for one answer, in milliseconds. */
const PATIENCE = 15_000;

/** The most that an answer may hold, in bytes. */
const LONGEST = 64 * 1024 * 1024;

/** What became of a call. */
export interface Said {
  code: number | null;
  out: string;
  err: string;
}

/**
 * The program's file: what is set, or else the first on the path. `undefined` when there is none that can be run.
 *
 * @param set what the setting `rulebook.path` says; relative to `folder`, `~` is the home of the user
 */
export async function find(set: string, folder: string | undefined, env = process.env): Promise<string | undefined> {
  const windows = process.platform === 'win32';
  const endings = windows ? (env.PATHEXT ?? '.EXE;.CMD;.BAT').split(';') : [''];
  const usable = async (file: string): Promise<string | undefined> => {
    for (const ending of ['', ...endings]) {
      try {
        await access(file + ending, windows ? constants.F_OK : constants.X_OK);
        return file + ending;
      } catch {
        continue;
      }
    }
    return undefined;
  };
  if (set.trim() !== '') {
    const file = set.trim().replace(/^~(?=[\\/])/, homedir());
    if (/[\\/]/.test(file)) return usable(path.resolve(folder ?? '.', file));
    return onPath(file, env, usable);
  }
  return (await onPath('rulebook', env, usable)) ?? usable(path.join(homedir(), '.cargo', 'bin', 'rulebook'));
}

async function onPath(
  name: string,
  env: NodeJS.ProcessEnv,
  usable: (file: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  for (const folder of (env.PATH ?? env.Path ?? '').split(path.delimiter).filter((entry) => entry !== '')) {
    const found = await usable(path.join(folder, name));
    if (found) return found;
  }
  return undefined;
}

/** Calls the program. It is ended when it takes too long or when `signal` says so; both are told in `err`. */
export function call(
  program: string,
  words: string[],
  options: { cwd: string; input?: string; signal?: AbortSignal },
): Promise<Said> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      words,
      { cwd: options.cwd, timeout: PATIENCE, maxBuffer: LONGEST, signal: options.signal, env: { ...process.env, NO_COLOR: '1' } },
      (error, out, err) => {
        const code = error ? (typeof error.code === 'number' ? error.code : null) : 0;
        const why = code === null ? `${err}\n${error?.killed ? `It took longer than ${PATIENCE / 1000} s.` : error?.message}` : err;
        resolve({ code, out, err: why.trim() });
      },
    );
    // Who ends before it has read everything has said what it thinks of it.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}
