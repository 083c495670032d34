[
  (fields)
  (decide)
  (score)
  (table)
  (calendar)
  (team)
  (rule_set)
  (test)
  (object)
  (array)
  (with)
  (entries)
  (group)
  (quantified)
  (rule)
  (then)
] @indent

[ "}" "]" ")" ] @outdent
