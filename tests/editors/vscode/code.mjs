// Visual Studio Code in a browser, and hands to work it with.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** How long anything may take to appear, in milliseconds: a loaded machine is slow. */
export const PATIENCE = 60_000;

/** A port that is free. */
async function port() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

/**
 * Installs the extension, opens a copy of the rules, and gives what is needed to work with them. `end()` stops everything.
 *
 * @param install the folder that `install` has filled
 * @param vsix the packaged extension
 * @param rules the folder of rules to copy
 * @param settings of the user
 */
export async function open({ install, vsix, rules, chromium, settings }) {
  const home = await mkdtemp(path.join(tmpdir(), 'rulebook-code-'));
  const folder = path.join(home, 'rules');
  await cp(rules, folder, { recursive: true });
  await mkdir(path.join(home, 'data/User'), { recursive: true });
  await writeFile(path.join(home, 'data/User/settings.json'), JSON.stringify({ ...QUIET, ...settings }));
  const entry = path.join(install, 'node_modules/code-server/out/node/entry.js');
  const places = ['--user-data-dir', path.join(home, 'data'), '--extensions-dir', path.join(home, 'extensions')];
  const env = { ...process.env, HOME: home };
  const installed = spawnSync(process.execPath, [entry, ...places, '--install-extension', vsix], { env, encoding: 'utf8' });
  if (installed.status !== 0) throw new Error(`the extension cannot be installed:\n${installed.stdout}${installed.stderr}`);
  const address = `127.0.0.1:${await port()}`;
  const server = spawn(process.execPath, [entry, ...places, ...SERVER, '--bind-addr', address, folder], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (said += text));
  await until('the server listens', () => said.includes('HTTP server listening') || undefined);
  const puppeteer = (await import(pathToFileURL(path.join(install, 'node_modules/puppeteer-core/lib/puppeteer/puppeteer-core.js')).href)).default;
  const browser = await puppeteer.launch({
    executablePath: chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--lang=en'],
    defaultViewport: { width: 1500, height: 950 },
  });
  const page = await browser.newPage();
  await page.goto(`http://${address}/?folder=${encodeURIComponent(folder)}`, { waitUntil: 'domcontentloaded', timeout: PATIENCE });
  await page.waitForSelector('.monaco-workbench', { timeout: PATIENCE });
  const end = async () => {
    await browser.close();
    server.kill();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return { page, folder, end };
}

const SERVER = ['--auth', 'none', '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override'];

const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.colorTheme': 'Default Light Modern',
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'editor.hover.delay': 100,
  'files.autoSave': 'off',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
};

/** Asks until there is an answer. @throws when there is none in time */
export async function until(what, ask, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${patience / 1000} s`);
    await pause(100);
  }
}

/** Presses keys together, such as `Control+P`. */
export async function press(page, keys) {
  const all = keys.split('+');
  for (const key of all) await page.keyboard.down(key);
  for (const key of all.reverse()) await page.keyboard.up(key);
}

/** Opens a file of the folder, as its tree shows it. */
export async function openFile(page, name) {
  await until(`${name} is opened`, async () => {
    for (const row of await page.$$('.explorer-folders-view .monaco-list-row')) {
      if ((await row.evaluate((one) => one.textContent)).trim() === name) await row.click({ count: 2 });
    }
    await pause(500);
    return (await page.$('.monaco-editor .view-line')) !== null;
  });
}

/** Runs a command by its title. */
export async function command(page, title) {
  await page.keyboard.press('F1');
  await page.waitForSelector('.quick-input-widget input', { visible: true, timeout: PATIENCE });
  await page.keyboard.type(title);
  await until(`the command ${title}`, () =>
    page.$$eval('.quick-input-list .monaco-list-row', (rows, wanted) => rows.some((row) => row.textContent.includes(wanted)), title.split(': ').at(-1)));
  await page.keyboard.press('Enter');
}

/** Puts the cursor into a line, at its end unless a column is said. */
export async function goTo(page, line, column) {
  await press(page, 'Control+G');
  await page.waitForSelector('.quick-input-widget input', { visible: true, timeout: PATIENCE });
  await page.keyboard.type(column === undefined ? String(line) : `${line}:${column}`);
  await page.keyboard.press('Enter');
  await pause(200);
  if (column === undefined) await page.keyboard.press('End');
}

/** The lines that the editor shows. */
export async function lines(page) {
  return page.$$eval('.monaco-editor .view-line', (all) =>
    all
      .map((line) => ({ top: parseInt(line.style.top, 10), text: line.textContent.replace(/\u00a0/g, ' ') }))
      .sort((a, b) => a.top - b.top)
      .map((line) => line.text));
}

/** The texts of what a selector finds, without blanks at their ends; those that are empty are left out. */
export async function texts(page, selector) {
  const found = await page.$$eval(selector, (all) => all.map((one) => one.innerText.trim()));
  return found.filter((text) => text !== '');
}
