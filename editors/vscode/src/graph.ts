/** Decision trees as `rulebook dump --tree --format dot` prints them, and the way of a record through one. */

/** A question, a rule that fires, or the end. */
export interface Step {
  id: string;
  label: string;
  kind: 'question' | 'action' | 'end';
}

/** From one step to the next; from a question with its answer. */
export interface Way {
  from: string;
  to: string;
  answer?: 'yes' | 'no';
}

/** The tree of one rule set. */
export interface Graph {
  set: string;
  record: string;
  root: string;
  steps: Step[];
  ways: Way[];
}

/** Reads all trees of a dump. Lines that are of no known form are passed over. */
export function graphs(dump: string): Graph[] {
  const found: Graph[] = [];
  let heading: { set: string; record: string } | undefined;
  for (const line of dump.split('\n')) {
    const named = /^\/\/ (.*) for (\S+)$/.exec(line);
    if (named) {
      heading = { set: named[1]!, record: named[2]! };
    } else if (line.startsWith('digraph') && heading) {
      found.push({ ...heading, root: '', steps: [], ways: [] });
    } else {
      const graph = found.at(-1);
      if (graph) readLine(graph, line);
    }
  }
  return found;
}

function readLine(graph: Graph, line: string): void {
  const way = /^ {2}(n\d+) -> (n\d+)(?: \[label=(yes|no)\])?$/.exec(line);
  if (way) {
    graph.ways.push({ from: way[1]!, to: way[2]!, answer: way[3] as Way['answer'] });
    return;
  }
  const step = /^ {2}(n\d+) \[label="((?:[^"\\]|\\.)*)"(?:, shape=(\w+))?\]$/.exec(line);
  if (step) {
    const label = step[2]!.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
    const kind = step[3] === 'diamond' ? 'question' : step[3] === 'oval' ? 'end' : 'action';
    graph.steps.push({ id: step[1]!, label, kind });
    graph.root ||= step[1]!;
  }
}

/** The rule that a step fires, if it does. */
export function fires(step: Step): string | undefined {
  return /^fire [`'](.*)[`']$/.exec(step.label)?.[1];
}

/** The most ways through a tree that are looked at. */
const MOST_WAYS = 5000;

/**
 * The ways that a record took: those that lie on every way through the tree on which exactly the rules fire that fired,
 * and on which no question is answered otherwise than is known. Empty when there is none.
 */
export function taken(graph: Graph, fired: string[], answers: Map<string, boolean>): Way[] {
  const steps = new Map(graph.steps.map((step) => [step.id, step]));
  const next = grouped(graph.ways, (way) => way.from);
  let common: Set<Way> | undefined;
  let looked = 0;
  const follow = (id: string, path: Way[], soFar: number): void => {
    const step = steps.get(id);
    if (!step || looked > MOST_WAYS) return;
    const rule = fires(step);
    if (rule !== undefined && !fired.includes(rule)) return;
    const count = soFar + (rule === undefined ? 0 : 1);
    const onward = next.get(id) ?? [];
    if (onward.length === 0) {
      looked += 1;
      if (count === fired.length) {
        const met = new Set(path);
        common = common ? new Set([...common].filter((way) => met.has(way))) : met;
      }
      return;
    }
    const known = step.kind === 'question' ? answers.get(step.label) : undefined;
    for (const way of onward) {
      if (known !== undefined && way.answer && (way.answer === 'yes') !== known) continue;
      follow(way.to, [...path, way], count);
    }
  };
  follow(graph.root, [], 0);
  return looked > MOST_WAYS ? [] : [...(common ?? [])];
}

function grouped<K, T>(all: T[], key: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}

/** Where a step is drawn: its row from the top, its column from the left, in steps. */
export interface Place {
  row: number;
  column: number;
}

/** A place for each step: each below all that lead to it, and near those above it. */
export function places(graph: Graph): Map<string, Place> {
  const next = grouped(graph.ways, (way) => way.from);
  const row = new Map<string, number>();
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const way of next.get(id) ?? []) visit(way.to);
    order.push(id);
  };
  visit(graph.root);
  order.reverse();
  for (const id of order) {
    row.set(id, row.get(id) ?? 0);
    for (const way of next.get(id) ?? []) row.set(way.to, Math.max(row.get(way.to) ?? 0, row.get(id)! + 1));
  }
  const column = columns(graph, order, row);
  return new Map(order.map((id) => [id, { row: row.get(id)!, column: column.get(id)! }]));
}

/** In each row the steps stand in the order of the middle of what leads to them, `yes` left of `no`. */
function columns(graph: Graph, order: string[], row: Map<string, number>): Map<string, number> {
  const before = grouped(graph.ways, (way) => way.to);
  const rows = grouped(order, (id) => row.get(id)!);
  const column = new Map<string, number>();
  for (const [, ids] of [...rows].sort(([a], [b]) => a - b)) {
    const wish = (id: string): number => {
      const from = (before.get(id) ?? []).map((way) => {
        const side = way.answer === 'yes' ? -0.5 : way.answer === 'no' ? 0.5 : 0;
        return (column.get(way.from) ?? 0) + side;
      });
      return from.length === 0 ? 0 : from.reduce((sum, at) => sum + at, 0) / from.length;
    };
    let last = -Infinity;
    for (const { id, at } of ids.map((id) => ({ id, at: wish(id) })).sort((a, b) => a.at - b.at)) {
      last = Math.max(at, last + 1);
      column.set(id, last);
    }
  }
  const least = Math.min(0, ...column.values());
  return new Map([...column].map(([id, at]) => [id, at - least]));
}
