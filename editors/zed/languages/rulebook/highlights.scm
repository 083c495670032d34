; Written from editors/tree-sitter/queries/highlights.scm by tests/suite/editors/colours.rs.

(identifier) @variable
(quoted_name) @variable
(field_name (_) @property)

; Words. tests/suite/editors/words.rs writes these lists from crates/syntax/src/keywords.rs.

; begin an item
["record" "let" "list" "define" "decide" "score" "table" "calendar" "team" "queue" "reference" "user" "rules"
 "rule" "never" "test"] @keyword

; hold the parts of a rule together
["when" "then" "otherwise" "if" "else"] @keyword

; join conditions
["and" "or" "not"] @keyword

; test and combine
["is" "in" "between" "contains" "starts" "ends" "matches" "within" "older" "before" "after" "default" "does"
 "changed" "was" "becomes" "during"] @keyword

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
 "with" "word" "zone"] @keyword

; What is declared.

(record name: (_) @type)
(let name: (_) @constant)
(list name: (_) @constant)
(table name: (_) @type)
(reference name: (_) @type)
(calendar name: (_) @type)
(team name: (_) @constant)
(queue name: (_) @constant)
(user name: (_) @constant)
(over name: (_) @variable.special)
(field name: (_) @property)
(pair name: (_) @property)
(argument name: (_) @property)
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
(target ["team" "queue" "user"] @keyword)
(weekdays (identifier) @constant)
(member (identifier) @constant)
(code) @constant
(cell (path . (identifier) @constant.builtin (#eq? @constant.builtin "any")))

; Literals.

(comment) @comment
(text) @string
(rule name: (text) @function)
(rule_set name: (text) @function)
(test name: (text) @function)
(escape) @string.escape
(interpolation ["{" "}"] @punctuation.special)
(pattern) @string.regex
(number) @number
(unit) @number
(date) @number
(time) @number
(constant) @constant.builtin

; Signs.

["=" "!=" "<" "<=" ">" ">=" "+" "-" "*" "/" "%" ".." "..<" "=>" "?"] @operator
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["," ":" "." "|"] @punctuation.delimiter
(interpolation ["{" "}"] @punctuation.special)
