; The name of an item of a list: `count(a in lead.activities where a.type is "demo")`.

(function_call) @local.scope
(over name: (identifier) @local.definition.var)
(path . (identifier) @local.reference)
