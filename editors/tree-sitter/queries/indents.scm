; For Neovim.

[
  (fields)
  (decide)
  (score)
  (table)
  (calendar)
  (team)
  (rule_set)
  (rule)
  (test)
  (object)
  (array)
  (with)
  (entries)
  (group)
  (quantified)
] @indent.begin

; `then assign …` and, below it, the effects that follow.
(then "then" @indent.branch)
(then) @indent.begin

[ "}" "]" ")" ] @indent.branch @indent.end

(comment) @indent.auto
