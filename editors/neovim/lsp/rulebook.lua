-- The language server, for Neovim 0.11 and later: `vim.lsp.enable('rulebook')`, which plugin/rulebook.lua does.
return {
  cmd = { 'rulebook', 'lsp' },
  filetypes = { 'rulebook' },
  root_markers = { 'rulebook.toml', '.git' },
}
