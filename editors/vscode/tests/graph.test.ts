import assert from 'node:assert/strict';
import { test } from 'node:test';

import { graphs, places, taken } from '../src/graph';

const DUMP = `// Lead routing for lead
digraph "Lead routing" {
  node [shape=box]
  n2 [label="lead.stage is \\"won\\"", shape=diamond]
  n2 -> n3 [label=yes]
  n2 -> n4 [label=no]
  n3 [label="fire \`Closed\`"]
  n3 -> n0
  n4 [label="lead.score > 70", shape=diamond]
  n4 -> n3 [label=yes]
  n4 -> n1 [label=no]
  n1 [label="otherwise"]
  n1 -> n0
  n0 [label="end", shape=oval]
}
`;

test('a dump is read with its questions, rules and ways', () => {
  const [graph, ...others] = graphs(DUMP);
  assert.equal(others.length, 0);
  assert.deepEqual([graph!.set, graph!.record, graph!.root], ['Lead routing', 'lead', 'n2']);
  assert.deepEqual(graph!.steps.map((step) => step.kind), ['question', 'action', 'question', 'action', 'end']);
  assert.equal(graph!.steps[0]!.label, 'lead.stage is "won"');
  assert.equal(graph!.ways.length, 6);
});

test('every step stands below what leads to it, and none on another', () => {
  const graph = graphs(DUMP)[0]!;
  const at = places(graph);
  for (const way of graph.ways) assert.ok(at.get(way.to)!.row > at.get(way.from)!.row);
  const cells = [...at.values()].map((place) => `${place.row}:${place.column}`);
  assert.equal(new Set(cells).size, graph.steps.length);
});

test('the way of a record is what all ways to its rules have in common', () => {
  const graph = graphs(DUMP)[0]!;
  const way = (fired: string[], known: [string, boolean][]): string[] =>
    taken(graph, fired, new Map(known)).map((part) => `${part.from}-${part.to}`);
  assert.deepEqual(way(['Closed'], [['lead.stage is "won"', true]]), ['n2-n3', 'n3-n0']);
  assert.deepEqual(way(['Closed'], [['lead.stage is "won"', false]]), ['n2-n4', 'n4-n3', 'n3-n0']);
  assert.deepEqual(way(['Closed'], []), ['n3-n0']);
  assert.deepEqual(way([], []), ['n2-n4', 'n4-n1', 'n1-n0']);
  assert.deepEqual(way(['Unheard of'], []), []);
});
