(rule_set) @class.around
(record) @class.around
(rule) @function.around
(rule (then) @function.inside)
(test) @test.around
(comment) @comment.inside
(comment)+ @comment.around
(pair) @entry.around
(argument) @parameter.around
