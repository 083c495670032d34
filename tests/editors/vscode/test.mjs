// The packaged extension in a real Visual Studio Code: what a person would see and press.
//
//   node test.mjs    with CODE, VSIX, RULEBOOK, CHROMIUM and PICTURES in the environment, as tests/editors/run sets them

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { after, before, test } from 'node:test';

import { fileURLToPath } from 'node:url';

import { command, goTo, lines, open, openFile, press, texts, until } from './code.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const { CODE, VSIX, RULEBOOK, CHROMIUM, PICTURES } = process.env;
let code;
let page;

const picture = (name) => page.screenshot({ path: path.join(PICTURES, `${name}.png`) });

before(async () => {
  const settings = { 'rulebook.path': RULEBOOK, 'rulebook.now': '2026-11-20T09:00Z' };
  code = await open({ install: CODE, vsix: VSIX, rules: path.join(here, '../rules'), chromium: CHROMIUM, settings });
  page = code.page;
  await openFile(page, 'routing.rules');
});

after(async () => {
  await picture('last').catch(() => undefined);
  await code?.end();
});

/** Waits until so many places are underlined as errors. */
const squiggles = (count) =>
  until(`${count} squiggles`, async () => (await page.$$('.monaco-editor .squiggly-error')).length === count);

test('rules are coloured', async () => {
  await until('the rules are shown', async () => (await lines(page)).some((line) => line.includes('rules "Routing"')));
  const colours = await until('five colours', async () => {
    const found = new Set(await page.$$eval('.monaco-editor .view-line span span', (all) => all.map((one) => getComputedStyle(one).color)));
    return found.size >= 5 ? found : undefined;
  });
  assert.ok(colours.size >= 5);
  await picture('colours');
});

test('a mistake is underlined, its quick fix mends it', async () => {
  await squiggles(0);
  await goTo(page, 14);
  await page.keyboard.type(' and lead.scor > 1');
  await squiggles(1);
  await picture('mistake');
  await goTo(page, 14, 45);
  await press(page, 'Control+.');
  const fixes = await until('quick fixes', async () => {
    const found = await texts(page, '.action-widget .monaco-list-row');
    return found.length > 0 && found;
  });
  assert.ok(fixes.some((fix) => fix.includes('score')), fixes.join(' | '));
  await picture('quick-fix');
  await page.keyboard.press('Enter');
  await squiggles(0);
  assert.match((await lines(page)).join('\n'), /and lead\.score > 1/);
});

test('hover tells what a name is', async () => {
  await goTo(page, 14, 32);
  await press(page, 'Control+K');
  await press(page, 'Control+I');
  const hover = await until('a hover', async () => {
    const shown = await texts(page, '.monaco-hover .rendered-markdown');
    return shown.join('\n').includes('score') && shown.join('\n');
  });
  assert.match(hover, /number/);
  await picture('hover');
  await page.keyboard.press('Escape');
});

test('completion offers the fields of the record', async () => {
  await goTo(page, 14);
  await page.keyboard.type(' and lead.');
  await press(page, 'Control+Space');
  const offered = await until('completions', async () => {
    const rows = await texts(page, '.suggest-widget .monaco-list-row');
    return rows.some((row) => row.startsWith('country')) && rows;
  });
  assert.ok(offered.some((row) => row.startsWith('score')), offered.join(' | '));
  await picture('completion');
  await page.keyboard.press('Escape');
  for (let letter = 0; letter < ' and lead.'.length; letter += 1) await page.keyboard.press('Backspace');
  await squiggles(0);
});

test('the panel draws the tree and the verdict of a sample record', async () => {
  await press(page, 'Control+S');
  await command(page, 'Rulebook: Show Decision Tree and Verdict');
  const frame = await until('the panel', async () => {
    for (const frame of page.frames()) {
      if (await frame.$('#decision svg.tree').catch(() => undefined)) return frame;
    }
    return undefined;
  });
  const steps = await frame.$$eval('svg.tree g.step', (all) => all.map((step) => step.querySelector('title').textContent));
  assert.ok(steps.some((step) => step.includes('Hot and near')), steps.join(' | '));
  const records = await frame.$$eval('#record option', (all) => all.map((option) => option.textContent));
  assert.deepEqual(records.slice(0, 3).map((record) => record.split(' · ')[0]), ['L1', 'L2', 'L3']);
  assert.match(records[0], /Hot and near/);
  const verdict = await frame.$eval('dl.verdict', (list) => list.textContent);
  assert.match(verdict, /assign.*sales/);
  const taken = await frame.$$eval('svg.tree g.step.taken title', (all) => all.map((title) => title.textContent));
  assert.ok(taken.some((step) => step.includes('Hot and near')), taken.join(' | '));
  await picture('panel');
  await frame.select('#record', '2');
  await until('another verdict', async () => (await frame.$eval('dl.verdict', (list) => list.textContent)).includes('triage'));
});

test('what was typed is what is saved', async () => {
  const saved = await readFile(path.join(code.folder, 'routing.rules'), 'utf8');
  assert.match(saved, /and lead\.score > 1/);

});
