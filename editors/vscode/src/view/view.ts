/** The page in the panel. It draws what it is told, and tells what is clicked. */

import type { Condition, Decision, Tried, Verdict } from '../decision';
import { type Graph, fires, places, taken } from '../graph';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const host = acquireVsCodeApi();
const root = document.querySelector<HTMLElement>('#decision')!;
let shown: Decision | undefined;
let chosen = 0;

window.addEventListener('message', (event: MessageEvent<Decision>) => {
  const record = shown?.verdicts[chosen]?.record;
  shown = event.data;
  const again = shown.verdicts.findIndex((verdict) => verdict.record === record);
  chosen = again < 0 ? 0 : again;
  draw();
});
host.postMessage({ kind: 'ready' });

/** An element with what is in it. Texts are set as texts, never as HTML. */
function element(name: string, kind: string, ...inner: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...inner);
  return made;
}

function draw(): void {
  if (!shown) return;
  const decision = shown;
  const verdict = decision.verdicts[chosen];
  root.replaceChildren();
  if (decision.complaint) root.append(element('pre', 'complaint', decision.complaint));
  root.append(chooser(decision));
  if (verdict) root.append(summary(verdict));
  for (const graph of decision.graphs) {
    if (!verdict || graph.record === verdict.type) root.append(drawing(graph, verdict));
  }
  if (verdict?.trace) root.append(trace(verdict.trace.rules));
}

function chooser(decision: Decision): HTMLElement {
  const line = element('header', '');
  if (decision.verdicts.length > 0) {
    const select = document.createElement('select');
    select.id = 'record';
    decision.verdicts.forEach((verdict, at) => {
      const option = new Option(`${verdict.record ?? `record ${at + 1}`} · ${headline(verdict)}`, String(at));
      option.selected = at === chosen;
      select.append(option);
    });
    select.addEventListener('change', () => {
      chosen = Number(select.value);
      draw();
    });
    line.append(select);
  }
  const choose = element('button', '', decision.sample ? 'Other records …' : 'Choose records …');
  choose.addEventListener('click', () => host.postMessage({ kind: 'choose' }));
  line.append(choose);
  if (decision.sample) line.append(element('span', 'quiet', ` ${decision.sample.split(/[\\/]/).at(-1)}, as saved`));
  return line;
}

function headline(verdict: Verdict): string {
  return verdict.fired.length === 0 ? 'no rule fires' : verdict.fired.map((fired) => fired.rule).join(', ');
}

/** What follows for the record: everything in the verdict that is not about how it came about. */
function summary(verdict: Verdict): HTMLElement {
  const rows = element('dl', 'verdict');
  const row = (name: string, ...inner: (Node | string)[]): void => {
    rows.append(element('dt', '', name), element('dd', '', ...inner));
  };
  const fired = verdict.fired.map((fired) => link(`${fired.set}: ${fired.rule}`, fired.at));
  row('fired', ...(fired.length > 0 ? fired.flatMap((part, at) => (at > 0 ? [', ', part] : [part])) : ['no rule']));
  const apart = new Set(['record', 'type', 'now', 'fired', 'trace']);
  for (const [key, value] of Object.entries(verdict)) {
    if (apart.has(key)) continue;
    if (Array.isArray(value)) value.forEach((entry) => row(key, written(entry)));
    else row(key, written(value));
  }
  return rows;
}

function written(value: unknown): string {
  if (value === null || value === undefined) return 'missing';
  if (Array.isArray(value)) return value.map(written).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value).map(([key, inner]) => `${key} ${typeof inner === 'object' && inner ? `(${written(inner)})` : written(inner)}`).join(' · ');
  }
  return String(value);
}

function link(text: string, at: string): HTMLElement {
  const made = element('a', '', text);
  made.setAttribute('href', '#');
  made.title = at;
  made.addEventListener('click', (event) => {
    event.preventDefault();
    host.postMessage({ kind: 'open', at });
  });
  return made;
}

const STEP = { width: 190, height: 46, right: 24, below: 34 };
const SVG = 'http://www.w3.org/2000/svg';

function svg(name: string, attributes: Record<string, string | number>, ...inner: (Node | string)[]): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...inner);
  return made;
}

function drawing(graph: Graph, verdict: Verdict | undefined): HTMLElement {
  const at = places(graph);
  const x = (id: string): number => 8 + (at.get(id)?.column ?? 0) * (STEP.width + STEP.right);
  const y = (id: string): number => 8 + (at.get(id)?.row ?? 0) * (STEP.height + STEP.below);
  const on = new Set(verdict ? way(graph, verdict) : []);
  const met = new Set([...on].flatMap((part) => [part.from, part.to]));
  const right = Math.max(0, ...[...at.keys()].map(x)) + STEP.width + 8;
  const below = Math.max(0, ...[...at.keys()].map(y)) + STEP.height + 8;
  const picture = svg('svg', { width: right, height: below, viewBox: `0 0 ${right} ${below}`, class: 'tree' });
  for (const part of graph.ways) {
    const [x1, y1] = [x(part.from) + STEP.width / 2, y(part.from) + STEP.height];
    const [x2, y2] = [x(part.to) + STEP.width / 2, y(part.to)];
    const middle = (y1 + y2) / 2;
    const kind = on.has(part) ? 'way taken' : 'way';
    picture.append(svg('path', { d: `M${x1} ${y1} C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`, class: kind }));
    if (part.answer) {
      const text = svg('text', { x: x1 + (x2 < x1 ? -20 : x2 > x1 ? 20 : 12), y: y1 + (x2 === x1 ? 16 : 10), class: kind }, part.answer);
      picture.append(text);
    }
  }
  for (const step of graph.steps.filter((step) => at.has(step.id))) {
    const group = svg('g', { class: `step ${step.kind}${met.has(step.id) ? ' taken' : ''}`, transform: `translate(${x(step.id)} ${y(step.id)})` });
    const rule = fires(step);
    group.append(svg('title', {}, step.label));
    group.append(svg('rect', { width: STEP.width, height: STEP.height, rx: step.kind === 'end' ? 23 : step.kind === 'action' ? 2 : 10 }));
    lines(rule ?? step.label).forEach((text, line, all) => {
      group.append(svg('text', { x: STEP.width / 2, y: STEP.height / 2 + 4 + (line - (all.length - 1) / 2) * 14 }, text));
    });
    picture.append(group);
  }
  const section = element('details', 'set', element('summary', '', `${graph.set} for ${graph.record}`), element('div', 'scroll', picture));
  section.setAttribute('open', '');
  return section;
}

/** A label on at most two lines. */
function lines(label: string): string[] {
  const most = 29;
  if (label.length <= most) return [label];
  const cut = label.lastIndexOf(' ', most);
  const first = label.slice(0, cut > 8 ? cut : most);
  const rest = label.slice(first.length).trim();
  return [first, rest.length > most ? `${rest.slice(0, most - 1)}…` : rest];
}

function way(graph: Graph, verdict: Verdict): Graph['ways'] {
  const fired = verdict.fired.filter((fired) => fired.set === graph.set).map((fired) => fired.rule);
  const known = new Map<string, boolean>();
  const see = (condition: Condition): void => {
    if (condition.holds !== null) known.set(condition.text, condition.holds);
  };
  for (const rule of verdict.trace?.rules ?? []) {
    if (rule.set === graph.set) rule.conditions?.forEach(see);
  }
  const named = fired.filter((rule) => graph.steps.some((step) => fires(step) === rule));
  return taken(graph, named, known);
}

function trace(rules: Tried[]): HTMLElement {
  const list = element('details', 'trace', element('summary', '', 'How each rule turned out'));
  list.setAttribute('open', '');
  for (const rule of rules) {
    const conditions = (rule.conditions ?? []).map((condition) => {
      const line = element('li', mark(condition.holds), condition.text);
      const read = Object.entries(condition.read ?? {}).map(([name, value]) => `${name}: ${written(value)}`).join(', ');
      if (read) line.append(element('span', 'quiet', `  ${read}`));
      return line;
    });
    list.append(element('div', mark(rule.holds), link(`${rule.set}: ${rule.rule}`, rule.at)), element('ul', '', ...conditions));
  }
  return list;
}

function mark(holds: boolean | null): string {
  return holds === null ? 'unasked' : holds ? 'holds' : 'fails';
}
