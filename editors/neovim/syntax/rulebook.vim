" Colours without tree-sitter. With it, or with the server, theirs are used.
if exists('b:current_syntax')
  finish
endif

syn iskeyword @,48-57,_,192-255

" The lists are written from crates/syntax/src/keywords.rs: tests/suite/editors/words.rs.
syn match rulebookName "\<\k\+\>"
syn match rulebookContextual "\<\%(all\|any\|at\|away\|becoming\|blank\|business\|by\|cc\|collect\|contain\|count\|disabled\|due\|each\|email\|end\|escalate\|event\|exact\|expect\|fault\|first\|for\|from\|given\|halving\|hash\|holidays\|hours\|key\|keyed\|last\|least\|limit\|loaded\|lost\|match\|max\|min\|money\|most\|new\|next\|no\|none\|of\|on\|one\|only\|over\|owner\|present\|reply\|robin\|round\|share\|since\|subtract\|sum\|task\|text\|than\|time\|to\|unassigned\|unique\|until\|weight\|where\|with\|word\|zone\)\>\%([.(\[]\)\@!"
syn match rulebookItem "\<\%(record\|let\|list\|define\|decide\|score\|table\|calendar\|team\|queue\|reference\|user\|rules\|rule\|never\|test\)\>"
syn match rulebookLater "\<\%(workflow\|lifecycle\|every\)\>"
syn match rulebookClause "\<\%(when\|then\|otherwise\|if\|else\)\>"
syn match rulebookConnective "\<\%(and\|or\|not\)\>"
syn match rulebookOperator "\<\%(is\|in\|between\|contains\|starts\|ends\|matches\|within\|older\|before\|after\|default\|does\|changed\|was\|becomes\|during\)\>"
syn match rulebookValue "\<\%(missing\|now\|today\|true\|false\|it\)\>"
syn match rulebookEffect "\<\%(assign\|leave\|keep\|set\|clear\|add\|remove\|create\|notify\|send\|call\|accept\|reject\|start\|stop\)\>"

" Behind a dot and before a colon or bracket every word is a name. Where two patterns begin at one place, the later one counts.
syn match rulebookMember "\%(\.\)\@1<=\%(\k\+\|`[^`]\+`\)"
syn match rulebookMember "\k\+\ze\s*:"
syn match rulebookFunction "\k\+\ze("
syn match rulebookQuoted "`[^`]\+`"

syn match rulebookNumber "\<\d\(_\?\d\)*\(\.\d\(_\?\d\)*\)\?\(%\|\a\+\)\?"
syn match rulebookDate "\<\d\{4}-\d\{1,2}-\d\{1,2}\(T[0-9:.]*\(Z\|[+-]\d\d:\?\d*\)\?\)\?"
syn match rulebookDate "\<\d\{1,2}:\d\d\(:\d\d\)\?"
syn match rulebookUnit "\<\d[0-9_.]*\zs\s\+\(business\s\+\)\?\(second\|minute\|hour\|day\|week\|month\|year\)s\?\>"

syn region rulebookText start=+"+ skip=+\\.+ end=+"\|$+ contains=rulebookEscape,rulebookBraces
syn match rulebookEscape "\\.\|{{\|}}" contained
syn match rulebookBraces "{[^{}"]*}" contained
syn match rulebookPattern "\%(\<match\%(es\)\?\s\+\|\<of\s\+(\?\)\@20<=/\%([^/\\]\|\\.\)\+/i\?"
syn match rulebookComment "#.*$" contains=@Spell

syn sync minlines=50

hi def link rulebookItem Keyword
hi def link rulebookLater Keyword
hi def link rulebookClause Conditional
hi def link rulebookConnective Operator
hi def link rulebookOperator Operator
hi def link rulebookValue Constant
hi def link rulebookEffect Statement
hi def link rulebookContextual StorageClass
hi def link rulebookMember Identifier
hi def link rulebookFunction Function
hi def link rulebookQuoted Identifier
hi def link rulebookNumber Number
hi def link rulebookDate Number
hi def link rulebookUnit Number
hi def link rulebookText String
hi def link rulebookEscape SpecialChar
hi def link rulebookBraces Special
hi def link rulebookPattern String
hi def link rulebookComment Comment

let b:current_syntax = 'rulebook'
