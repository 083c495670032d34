(rule_set) @class.around
(record) @class.around
(rule) @function.around
(test) @function.around
(comment)+ @comment.around
