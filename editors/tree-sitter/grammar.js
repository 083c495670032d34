/**
 * Rulebook for tree-sitter: for colours, folding and indentation while the language server is still waking up.
 *
 * What may be written is defined by grammar/rulebook.pest alone. This grammar accepts everything that it accepts, and
 * is wider where that makes half-typed text easier to read: an effect may lack its parts, and any word may be a unit.
 * A test reads every rule text of the project with both.
 *
 * Words that are names elsewhere need no list: tree-sitter takes a word for a keyword only where that keyword can
 * stand. Where both can stand, `names` below lets the keyword be a name.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

/** One or more, separated by commas. */
const list = (rule) => seq(rule, repeat(seq(',', rule)));

/** The same with a comma allowed at the end. */
const listWithEnd = (rule) => seq(list(rule), optional(','));

// Words that begin a condition or claim, and may be names in the same place.
const CONDITION_WORDS = ['all', 'any', 'none', 'count', 'share'];
// Words that go on with the declaration of a field, and may be the name of the next.
const FIELD_WORDS = ['by', 'key', 'from', 'missing', 'default', 'exact', 'business'];

const PRECEDENCE = { connective: 1, not: 2, test: 3, sum: 5, product: 6, default: 7, minus: 8, call: 9 };

module.exports = grammar({
  name: 'rulebook',

  word: ($) => $.identifier,

  extras: ($) => [/\s/, '\u{feff}', $.comment],

  supertypes: ($) => [$.item, $.effect],

  conflicts: ($) => [[$.field], [$.exact_type, $.type_name], [$._literal, $.quantity], [$.order], [$.away], [$._single_condition, $.comparison], [$._list_operand, $._entries], [$.sentinels, $._entries], [$._patterns]],

  rules: {
    source_file: ($) => repeat($.item),

    item: ($) =>
      choice(
        $.record,
        $.let,
        $.list,
        $.define,
        $.decide,
        $.score,
        $.table,
        $.calendar,
        $.reference,
        $.team,
        $.queue,
        $.user,
        $.never,
        $.rule_set,
        $.rule,
        $.otherwise,
        $.test,
      ),

    comment: () => /#[^\n]*/,

    // ── Records ───────────────────────────────────────────────────────────────────────────────────────────────────

    record: ($) => seq('record', field('name', $._name), $.fields),
    fields: ($) => seq('{', repeat(seq($.field, optional(','))), '}'),
    field: ($) =>
      seq(
        field('name', $._field_name),
        ':',
        field('type', $._type),
        optional('?'),
        optional($.reference_by),
        repeat(choice($.key_mark, $.from_column, $.sentinels, $.default_value)),
      ),
    reference_by: ($) => seq('by', $._field_name),
    key_mark: () => 'key',
    from_column: ($) => seq('from', $.text),
    sentinels: ($) => seq('missing', 'when', $._entries),
    default_value: ($) => seq('default', $._value),

    _type: ($) => choice($.list_type, $.one_of_type, $.truth_type, $.exact_type, $.money_type, $.fields, $.type_name),
    list_type: ($) => seq('list', 'of', $._type),
    one_of_type: ($) => seq('one', 'of', $._list_operand),
    truth_type: () => seq('true', 'or', 'false'),
    exact_type: () => seq('text', 'exact'),
    money_type: ($) => seq('money', 'in', alias($.identifier, $.unit)),
    type_name: ($) => choice($.identifier, $.quoted_name, alias(choice('text', 'money', 'one'), $.identifier)),

    // ── Constants, lists, derived values ──────────────────────────────────────────────────────────────────────────

    let: ($) => seq('let', field('name', $._name), '=', field('value', $._condition)),
    list: ($) =>
      seq('list', field('name', $._name), choice(seq('from', $.text), seq('=', $._entries, optional(',')))),
    define: ($) => seq('define', field('name', $.path), '=', field('value', $._condition)),

    decide: ($) =>
      seq('decide', field('name', $.path), '{', repeat($.decide_line), optional($.decide_otherwise), '}'),
    decide_line: ($) => seq('when', $._condition, 'then', $._condition),
    decide_otherwise: ($) => seq('otherwise', $._condition),

    score: ($) => seq('score', field('name', $.path), '{', repeat(choice($.score_start, $.score_line, $.score_limit)), '}'),
    score_start: ($) => seq('start', $._value),
    score_line: ($) =>
      seq(
        choice('add', 'subtract'),
        $._value,
        optional(seq('for', 'each', $.over)),
        optional(seq('when', $._condition)),
        optional(seq('halving', 'every', $._value, 'since', $._value)),
        optional(seq(optional(','), 'at', 'most', $._value)),
      ),
    score_limit: ($) => seq('limit', $._value, '..', $._value),

    // ── Tables ────────────────────────────────────────────────────────────────────────────────────────────────────

    table: ($) =>
      seq(
        'table',
        field('name', $._name),
        'for',
        field('record', $._name),
        optional(','),
        optional($.policy),
        choice(seq('from', $.text), seq('{', optional(seq($.headings, repeat($.row))), '}')),
      ),
    headings: ($) => seq('|', repeat1(seq(choice($.output, $.heading), '|'))),
    heading: ($) => $._condition,
    output: ($) => seq('=>', $.path),
    // Behind its last cell a row may say between which days it holds.
    row: ($) => seq('|', repeat1(seq($.cell, '|')), optional($.effective)),
    cell: ($) => list($._cell_entry),
    _cell_entry: ($) =>
      choice(
        $._condition,
        $.range,
        seq('not', $.range),
        seq(optional('not'), 'in', $._list_operand),
        seq(optional('not'), $._comparison, $._value),
      ),

    // ── Reference data, teams, queues, users ──────────────────────────────────────────────────────────────────────

    reference: ($) => seq('reference', field('name', $._name), 'from', $.text, 'keyed', 'by', $._field_name, $.fields),

    team: ($) => seq('team', field('name', $._name), '{', optional(listWithEnd($.member)), '}'),
    member: ($) => seq(choice($.text, $._name), repeat(choice($.weight, $.away))),
    weight: ($) => seq('weight', $._bound),
    away: ($) => seq('away', list($._days)),
    queue: ($) => seq('queue', field('name', $._name)),
    user: ($) => seq('user', field('name', $._name), '=', $.text),
    _days: ($) => seq($.date, optional(seq('..', $.date))),

    // ── Calendars ─────────────────────────────────────────────────────────────────────────────────────────────────

    calendar: ($) =>
      seq('calendar', field('name', $._name), '{', repeat(choice($.time_zone, $.hours, $.holidays)), '}'),
    time_zone: ($) => seq('time', 'zone', $.text),
    hours: ($) => seq('hours', list($.weekdays), list($.stretch)),
    weekdays: ($) => seq($.identifier, optional(seq(choice('..', '-'), $.identifier))),
    stretch: ($) => seq(choice($.time, $.number), choice('..', '-'), choice($.time, $.number)),
    holidays: ($) => seq('holidays', choice(seq('from', $.text), list($._days))),

    // ── Rule sets and rules ───────────────────────────────────────────────────────────────────────────────────────

    never: ($) => seq('never', $.effect, 'when', field('condition', $._condition)),

    rule_set: ($) =>
      seq(
        'rules',
        field('name', $.text),
        optional(seq('for', field('record', $._name))),
        repeat(seq(optional(','), choice($.policy, $.effective, $.event_guard, $.order, $.guard))),
        '{',
        repeat(choice($.rule, $.otherwise)),
        '}',
      ),
    policy: () =>
      choice(
        seq(choice('first', 'unique', 'any'), 'match'),
        seq('all', 'matches'),
        'collect',
        'sum',
        'min',
        'max',
        'count',
      ),
    event_guard: ($) => seq('on', choice(seq('becoming', 'true'), seq($._name, repeat(seq('or', $._name))))),
    order: ($) => seq('after', list($.text)),
    guard: ($) => seq('only', 'when', $._condition),

    rule: ($) =>
      seq(
        optional(seq('rule', field('name', $.text), repeat(choice($.effective, 'disabled')))),
        $.when,
        $.then,
      ),
    effective: ($) =>
      prec.right(choice(seq('from', $.date, optional(seq('until', $.date))), seq('until', $.date))),
    when: ($) => seq('when', field('condition', $._condition), optional($.timer)),
    timer: ($) => choice(seq('for', $._value), seq('at', $._value, choice('before', 'after'), $._value)),
    then: ($) => seq('then', repeat1($.effect)),
    otherwise: ($) => seq('otherwise', repeat1($.effect)),

    // ── Effects, as they are done, guarded and expected ───────────────────────────────────────────────────────────

    effect: ($) =>
      choice(
        $.assign,
        $.leave,
        $.keep,
        $.set,
        $.clear,
        $.add,
        $.remove,
        $.create,
        $.notify,
        $.send,
        $.call,
        $.accept,
        $.reject,
        $.start,
        $.stop,
      ),

    assign: ($) => prec.right(seq('assign', optional($.target), optional($.selection), optional($.deadline))),
    selection: ($) =>
      prec.right(seq(
        'by',
        choice(seq('round', 'robin'), seq('least', 'loaded', optional(seq('from', $.path))), seq('hash', 'of', $._value)),
      )),
    deadline: ($) => prec.right(seq('within', $._value, optional($.escalation))),
    escalation: ($) => prec.right(seq('else', 'escalate', 'to', $.target, optional($.deadline))),
    leave: () => seq('leave', 'unassigned'),
    keep: () => seq('keep', 'owner'),
    set: ($) => prec.right(seq('set', optional(seq($.path, optional(seq('=', $._condition)))))),
    clear: ($) => prec.right(seq('clear', optional($.path))),
    add: ($) => prec.right(seq('add', optional($._value), optional(seq('to', $.path)))),
    remove: ($) => prec.right(seq('remove', optional($._value), optional(seq('from', $.path)))),
    create: ($) =>
      prec.right(seq(
        'create',
        'task',
        optional($._value),
        optional(seq('for', $.target)),
        optional(choice(seq('within', $._value), seq('due', $._value, 'before', $._value))),
      )),
    notify: ($) => prec.right(seq('notify', optional(seq(list($.target), optional($._value))))),
    send: ($) =>
      prec.right(seq(
        'send',
        'email',
        optional($._value),
        repeat(
          choice(
            seq('to', list($.target)),
            seq('cc', list($.target)),
            seq('from', $.target),
            seq('reply', 'to', $.target),
            $.with,
          ),
        ),
      )),
    call: ($) => prec.right(seq('call', optional(field('name', $._name)), optional($.with))),
    with: ($) => seq('with', '{', optional(listWithEnd($.argument)), '}'),
    argument: ($) => seq(field('name', $._field_name), ':', $._condition),
    accept: () => field('word', 'accept'),
    reject: ($) => prec.right(seq('reject', optional(choice($._value, seq($.path, choice($.text, $.group)))))),
    start: ($) => prec.right(seq('start', optional(field('name', $._name)))),
    stop: () => field('word', 'stop'),

    target: ($) => prec.right(seq(optional(choice('team', 'queue', 'user')), $._value)),

    // ── Tests ─────────────────────────────────────────────────────────────────────────────────────────────────────

    test: ($) =>
      seq(
        'test',
        field('name', $.text),
        optional(seq('over', $.text)),
        '{',
        repeat(choice($.moment, $.event, $.given, $.expectation)),
        '}',
      ),
    moment: ($) => seq('now', $._value),
    event: ($) => seq('event', $._field_name),
    given: ($) => seq('given', optional('before'), field('name', $._name), choice($.object, $.array)),
    object: ($) => seq('{', optional(listWithEnd($.pair)), '}'),
    pair: ($) => seq(field('name', $._field_name), ':', $._datum),
    array: ($) => seq('[', optional(listWithEnd($._datum)), ']'),
    _datum: ($) => choice($.object, $.array, $._value),

    expectation: ($) => seq('expect', choice($.measure, seq(optional('no'), $._plain_claim), $._condition)),
    measure: ($) => seq(choice('share', 'count'), 'of', $._measured, $._measured_test),
    _measured: ($) => choice(seq(optional('no'), choice($.rule_claim, $.fault, $.lost, $.effect)), $.group, $.path),
    _measured_test: ($) =>
      choice(
        seq(optional('is'), optional('not'), 'between', $._value, 'and', $._value),
        seq(choice($._comparison, seq('is', optional('not'))), $._value),
      ),
    _plain_claim: ($) => choice($.rule_claim, $.fault, $.lost, $.effect),
    rule_claim: ($) => prec.right(choice(seq('rule', $.text), seq('rules', optional(list($.text))))),
    fault: ($) => prec.right(seq('fault', optional($.code))),
    code: ($) => seq($._name, repeat(seq('-', $._field_name))),
    lost: ($) => prec.right(seq('lost', optional($.effect))),

    // ── Conditions ────────────────────────────────────────────────────────────────────────────────────────────────

    _condition: ($) => choice($.connected, $._single_condition),
    connected: ($) =>
      prec.left(PRECEDENCE.connective, seq($._condition, choice('and', 'or'), $._single_condition)),
    _single_condition: ($) => choice($.negation, $.quantified, $.comparison, $._value),
    negation: ($) => prec(PRECEDENCE.not, seq('not', $._single_condition)),
    quantified: ($) => seq(choice('all', 'any', 'none'), 'of', '(', listWithEnd($._condition), ')'),

    comparison: ($) =>
      prec.right(seq(
        field('subject', $._value),
        choice(
          seq($._comparison, $._value),
          seq('is', optional('not'), $._value),
          seq('is', optional('not'), choice('present', 'blank', 'new')),
          seq(optional('is'), optional('not'), 'in', $._list_operand),
          seq(optional('is'), optional('not'), 'between', $._value, 'and', $._value),
          seq(
            optional('is'),
            optional('not'),
            choice(seq('within', choice('last', 'next')), seq('older', 'than'), 'before', 'after'),
            $._value,
          ),
          seq(
            choice(
              seq('does', 'not', choice(seq('contain', optional('word')), seq(choice('start', 'end'), 'with'))),
              seq('contains', optional('word')),
              seq(choice('starts', 'ends'), 'with'),
            ),
            choice(seq(choice('any', 'all'), 'of', $._list_operand), $._value),
          ),
          seq(choice(seq('does', 'not', 'match'), 'matches'), $._patterns),
          seq('changed', optional(seq('from', $._list_operand)), optional(seq('to', $._list_operand))),
          seq('was', optional('not'), $._list_operand),
          seq('becomes', $._list_operand),
          seq(optional('is'), optional('not'), 'during', $._name),
        ),
      )),
    _comparison: () => choice('=', '!=', '<', '<=', '>', '>='),
    _patterns: ($) =>
      choice(
        $.pattern,
        seq(choice('any', 'all'), 'of', choice(list($.pattern), seq('(', listWithEnd($.pattern), ')'))),
      ),

    // ── Lists ─────────────────────────────────────────────────────────────────────────────────────────────────────

    _list_operand: ($) => choice($.entries, $._entries),
    entries: ($) => seq('(', listWithEnd(choice($._value, $.range)), ')'),
    range: ($) => seq($._value, choice('..', '..<'), $._value),

    // Without brackets a comma may go on with the list or end it, and only what follows tells which. Both are tried; where
    // both can be read, a literal goes on and a name does not.
    _entries: ($) =>
      choice(
        $._entry,
        prec.dynamic(1, seq($._entries, ',', $._literal_entry)),
        prec.dynamic(-1, seq($._entries, ',', $._named_entry)),
      ),
    _entry: ($) => choice($._literal_entry, $._named_entry),
    _literal_entry: ($) => prec.right(choice($._literal_bound, alias($._literal_range, $.range))),
    _literal_range: ($) => seq($._literal_bound, choice('..', '..<'), $._bound),
    _named_entry: ($) => prec.right(choice($._named_bound, alias($._named_range, $.range))),
    _named_range: ($) => seq($._named_bound, choice('..', '..<'), $._bound),
    _bound: ($) => choice($._literal_bound, $._named_bound),
    _literal_bound: ($) => choice($._literal, alias($._negative_bound, $.negative)),
    _negative_bound: ($) => seq('-', $._bound),
    _named_bound: ($) => choice($.function_call, $.path),

    // ── Values ────────────────────────────────────────────────────────────────────────────────────────────────────

    _value: ($) =>
      choice($.sum, $.product, $.defaulted, $.negative, $.group, $._literal, $.choice, $.function_call, $.lookup, $.path),
    sum: ($) => prec.left(PRECEDENCE.sum, seq($._value, choice('+', '-'), $._value)),
    product: ($) => prec.left(PRECEDENCE.product, seq($._value, choice('*', '/', '%'), $._value)),
    defaulted: ($) => prec.left(PRECEDENCE.default, seq($._value, 'default', $._value)),
    negative: ($) => prec(PRECEDENCE.minus, seq('-', $._value)),
    group: ($) => seq('(', $._condition, ')'),
    choice: ($) => prec.right(seq('if', $._condition, 'then', $._condition, 'else', $._condition)),
    function_call: ($) =>
      prec(
        PRECEDENCE.call,
        seq(
          field('function', $._name),
          '(',
          optional(choice($.over, seq($._value, 'for', $.over), listWithEnd($._value))),
          ')',
        ),
      ),
    over: ($) => seq(field('name', $._name), 'in', $._value, optional(seq('where', $._condition))),
    lookup: ($) => prec.right(seq(field('name', $._name), '[', $._value, ']', repeat(seq('.', $._field_name)))),
    path: ($) => prec.right(seq($._name, repeat(seq('.', alias($._field_name, $.field_name))))),

    // ── Literals ──────────────────────────────────────────────────────────────────────────────────────────────────

    _literal: ($) => choice($.text, $.date, $.time, $.quantity, $.number, $.constant, alias($._inner_text, $.text)),
    constant: () => choice('true', 'false', 'missing', 'now', 'today', 'it'),

    date: () =>
      token(
        seq(
          choice(/\d{4}-\d{1,2}-\d{1,2}/, /\d{1,2}\.\d{1,2}\.\d{4}/),
          optional(seq('T', /(\d|:|\.\d)*/, optional(/Z|[+-]\d{2}(:?\d{2})?/))),
        ),
      ),
    time: () => /\d{1,2}:\d{2}(:\d{2})?/,
    number: () => /\d(_?\d)*(\.\d(_?\d)*)?(%|\p{XID_Continue}+)?/u,
    quantity: ($) =>
      prec.right(seq($.number, choice($.unit, seq('business', $.unit, optional(seq('on', $._name)))))),
    unit: ($) => $.identifier,

    text: ($) =>
      seq(
        '"',
        repeat(choice(alias(token.immediate(prec(1, /[^"\\{}\n]+/)), $.text_content), $.escape, $.interpolation, token.immediate('}'))),
        token.immediate('"'),
      ),
    escape: () => token.immediate(choice(/\\[^\n]/, '{{', '}}')),
    interpolation: ($) => seq(token.immediate('{'), $._condition, '}'),
    // Within a value in braces, which is itself within a text.
    _inner_text: () => token(/\\"[^"\\\n]*\\"/),
    pattern: () => token(seq('/', /([^\/\\\n]|\\[^\n])+/, '/', optional('i'))),

    // ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────

    _name: ($) => choice($.identifier, $.quoted_name, alias(choice(...CONDITION_WORDS), $.identifier)),
    _field_name: ($) => choice($.identifier, $.quoted_name, alias(choice(...FIELD_WORDS), $.identifier)),
    identifier: () => /[_\p{XID_Start}]\p{XID_Continue}*/u,
    quoted_name: () => /`[^`\n]+`/,
  },
});
