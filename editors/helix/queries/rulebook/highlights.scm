; Written from editors/tree-sitter/queries/highlights.scm by tests/suite/editors/colours.rs.

(identifier) @variable
(quoted_name) @variable
(field_name (_) @variable.other.member)

; Words. tests/suite/editors/words.rs writes these lists from crates/syntax/src/keywords.rs.

; begin an item
["record" "let" "list" "define" "decide" "score" "table" "calendar" "team" "queue" "reference" "user" "rules"
 "rule" "never" "test"] @keyword

; hold the parts of a rule together
["when" "then" "otherwise" "if" "else"] @keyword.control

; join conditions
["and" "or" "not"] @keyword.operator

; test and combine
["is" "in" "between" "contains" "starts" "ends" "matches" "within" "older" "before" "after" "default" "does"
 "changed" "was" "becomes" "during"] @keyword.operator

; are values
["missing" "now" "today" "true" "false" "it"] @constant.builtin

; do something
["assign" "leave" "keep" "set" "clear" "add" "remove" "create" "notify" "send" "call" "accept" "reject" "start"
 "stop"] @function.builtin

; mean something in their own place
["all" "any" "at" "away" "becoming" "blank" "business" "by" "cc" "collect" "contain" "count" "disabled" "due"
 "each" "email" "end" "escalate" "event" "exact" "expect" "fault" "first" "for" "from" "given" "halving" "hash"
 "holidays" "hours" "key" "keyed" "last" "least" "limit" "loaded" "lost" "match" "max" "min" "money" "most"
 "new" "next" "no" "none" "of" "on" "one" "only" "over" "owner" "present" "reply" "robin" "round" "share"
 "since" "subtract" "sum" "task" "text" "than" "time" "to" "unassigned" "unique" "until" "weight" "where"
 "with" "word" "zone"] @keyword.storage

; What is declared.

(record name: (_) @type)
(let name: (_) @constant)
(list name: (_) @constant)
(table name: (_) @type)
(reference name: (_) @type)
(calendar name: (_) @type)
(team name: (_) @namespace)
(queue name: (_) @namespace)
(user name: (_) @namespace)
(over name: (_) @variable.parameter)
(field name: (_) @variable.other.member)
(pair name: (_) @variable.other.member)
(argument name: (_) @variable.other.member)
(event (identifier) @constant)
(event_guard (identifier) @constant)
(rule name: (text) @function)
(rule_set name: (text) @function)
(test name: (text) @function)
(rule_claim (text) @function)

; What is used.

(table record: (_) @type)
(rule_set record: (_) @type)
(given name: (_) @type)
(type_name) @type
(type_name (identifier) @type)
(truth_type) @type
(exact_type) @type
(lookup name: (_) @type)
(function_call function: (_) @function)
(call name: (_) @function)
(start name: (_) @function)
(target ["team" "queue" "user"] @keyword.storage)
(weekdays (identifier) @constant)
(member (identifier) @namespace)
(code) @constant
(cell (path . (identifier) @constant.builtin (#eq? @constant.builtin "any")))

; Literals.

(comment) @comment
(text) @string
(rule name: (text) @function)
(rule_set name: (text) @function)
(test name: (text) @function)
(escape) @constant.character.escape
(interpolation ["{" "}"] @punctuation.special)
(pattern) @string.regexp
(number) @constant.numeric
(unit) @constant.numeric
(date) @constant.numeric
(time) @constant.numeric
(constant) @constant.builtin

; Signs.

["=" "!=" "<" "<=" ">" ">=" "+" "-" "*" "/" "%" ".." "..<" "=>" "?"] @operator
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["," ":" "." "|"] @punctuation.delimiter
(interpolation ["{" "}"] @punctuation.special)
