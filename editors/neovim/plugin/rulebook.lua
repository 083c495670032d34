if vim.g.loaded_rulebook or vim.fn.has('nvim-0.7') == 0 then
  return
end
vim.g.loaded_rulebook = true
require('rulebook').setup()
