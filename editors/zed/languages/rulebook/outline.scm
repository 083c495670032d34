(record "record" @context name: (_) @name) @item
(let "let" @context name: (_) @name) @item
(list "list" @context name: (_) @name) @item
(define "define" @context name: (_) @name) @item
(decide "decide" @context name: (_) @name) @item
(score "score" @context name: (_) @name) @item
(table "table" @context name: (_) @name) @item
(reference "reference" @context name: (_) @name) @item
(calendar "calendar" @context name: (_) @name) @item
(team "team" @context name: (_) @name) @item
(queue "queue" @context name: (_) @name) @item
(user "user" @context name: (_) @name) @item
(rule_set "rules" @context name: (_) @name) @item
(rule "rule" @context name: (_) @name) @item
(test "test" @context name: (_) @name) @item
(comment) @annotation
