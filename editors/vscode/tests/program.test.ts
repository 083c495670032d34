import assert from 'node:assert/strict';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';

import { decide, folderOf } from '../src/decision';
import { call, find } from '../src/program';
import { candidates, MOST_RECORDS, read } from '../src/sample';

const folder = (): Promise<string> => mkdtemp(path.join(tmpdir(), 'rulebook-'));

async function script(file: string, text: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${text}\n`);
  await chmod(file, 0o755);
}

test('the program is found where it is set, or on the path, or nowhere', async () => {
  const here = await folder();
  await script(path.join(here, 'rulebook'), 'echo found');
  const nowhere = { PATH: await folder() };
  assert.equal(await find('./rulebook', here, nowhere), path.join(here, 'rulebook'));
  assert.equal(await find('rulebook', undefined, { PATH: here }), path.join(here, 'rulebook'));
  assert.equal(await find('', undefined, { PATH: here }), path.join(here, 'rulebook'));
  assert.equal(await find('./missing', here, { PATH: here }), undefined);
  await writeFile(path.join(here, 'plain'), 'no program');
  assert.equal(await find('./plain', here, nowhere), undefined);
});

test('a call that fails, or that nobody can make, says why', async () => {
  const here = await folder();
  await script(path.join(here, 'fails'), 'echo out; echo why >&2; exit 3');
  assert.deepEqual(await call(path.join(here, 'fails'), [], { cwd: here }), { code: 3, out: 'out\n', err: 'why' });
  const none = await call(path.join(here, 'none'), [], { cwd: here });
  assert.equal(none.code, null);
  assert.match(none.err, /ENOENT/);
  await script(path.join(here, 'sleeps'), 'exec sleep 60');
  const control = new AbortController();
  setTimeout(() => control.abort(), 50);
  assert.equal((await call(path.join(here, 'sleeps'), [], { cwd: here, signal: control.signal })).code, null);
});

test('a sample is the file that fits, and its first records', async () => {
  const here = await folder();
  await writeFile(path.join(here, 'accounts.csv'), 'id\n1\n');
  await writeFile(path.join(here, 'leads.csv'), `id,text\n${'1,"two\nlines"\n'.repeat(MOST_RECORDS + 50)}`);
  await writeFile(path.join(here, 'notes.txt'), '');
  assert.deepEqual((await candidates(here, ['lead'])).map((file) => path.basename(file)), ['leads.csv', 'accounts.csv']);
  const sample = await read(path.join(here, 'leads.csv'));
  assert.equal(sample.format, 'csv');
  assert.equal(sample.text.split('1,"two').length - 1, MOST_RECORDS);
  await writeFile(path.join(here, 'lead.json'), '[{"id": 1}, {"id": 2}]');
  assert.deepEqual(await read(path.join(here, 'lead.json')), { file: path.join(here, 'lead.json'), format: 'ndjson', text: '{"id":1}\n{"id":2}' });
  await assert.rejects(read(path.join(here, 'notes.txt')), /neither NDJSON/);
});

test('a rulebook begins where rulebook.toml lies, or with the folder of the file', async () => {
  const top = await folder();
  await writeFile(path.join(top, 'rulebook.toml'), '');
  assert.equal(await folderOf(path.join(top, 'a', 'b.rules'), top), top);
  const bare = await folder();
  assert.equal(await folderOf(path.join(bare, 'a', 'b.rules'), bare), path.join(bare, 'a'));
});

const PROGRAM = process.env.RULEBOOK;

test('the real program tells trees and verdicts', { skip: PROGRAM ? false : 'RULEBOOK names no program' }, async () => {
  const here = await folder();
  await writeFile(
    path.join(here, 'first.rules'),
    'record lead { id: text key, score: number }\nqueue sales\nrules "Routing" for lead, first match {\n  rule "Hot" when lead.score > 70 then assign sales\n}\n',
  );
  await writeFile(path.join(here, 'leads.ndjson'), '{"id": "L1", "score": 82}\n{"id": "L2", "score": 5}\n');
  const request = { program: PROGRAM!, rules: here, sample: '', now: '', type: '' };
  const decision = await decide(request);
  assert.equal(decision.complaint, undefined);
  assert.deepEqual(decision.graphs.map((graph) => graph.set), ['Routing']);
  assert.deepEqual(decision.verdicts.map((verdict) => verdict.fired.map((fired) => fired.rule)), [['Hot'], []]);
  assert.deepEqual(decision.verdicts[0]!.trace!.rules[0]!.conditions![0]!.text, 'lead.score > 70');
  await writeFile(path.join(here, 'first.rules'), 'when lead.score > then stop');
  assert.match((await decide(request)).complaint ?? '', /error/);
});
