--- The language server of Rulebook in Neovim, old and new.
local M = {}

--- What is used unless `vim.g.rulebook` says otherwise.
local usual = {
  --- The server and its words.
  cmd = { 'rulebook', 'lsp' },
  --- The server's settings, as under `rulebook.` in Visual Studio Code.
  settings = {},
}

local function wanted()
  return vim.tbl_deep_extend('force', usual, vim.g.rulebook or {})
end

--- The folder of a file's rulebook: where `rulebook.toml` lies, or else the repository, or else its own.
function M.root(file)
  local folder = vim.fn.fnamemodify(file, ':p:h')
  local mark = vim.fn.findfile('rulebook.toml', folder .. ';')
  if mark == '' then
    mark = vim.fn.finddir('.git', folder .. ';')
  end
  return mark == '' and folder or vim.fn.fnamemodify(mark, mark:match('%.git/?$') and ':p:h:h' or ':p:h')
end

local function missing(program)
  vim.notify(
    ('Rulebook: `%s` cannot be run, so rules are only coloured. Install it, or set vim.g.rulebook = { cmd = { ... } }.'):format(program),
    vim.log.levels.WARN
  )
end

local clients = {}

--- Starts the server for a buffer where no `vim.lsp.config` does it: before Neovim 0.11.
function M.attach(buffer)
  local options = wanted()
  if vim.fn.executable(options.cmd[1]) == 0 then
    return missing(options.cmd[1])
  end
  local root = M.root(vim.api.nvim_buf_get_name(buffer))
  local config = {
    name = 'rulebook',
    cmd = options.cmd,
    root_dir = root,
    settings = { rulebook = options.settings },
    workspace_folders = { { uri = vim.uri_from_fname(root), name = vim.fn.fnamemodify(root, ':t') } },
  }
  if vim.lsp.start then
    return vim.api.nvim_buf_call(buffer, function()
      return vim.lsp.start(config)
    end)
  end
  local client = clients[root]
  if not client or not vim.lsp.get_client_by_id(client) then
    client = vim.lsp.start_client(config)
    clients[root] = client
  end
  if client then
    vim.lsp.buf_attach_client(buffer, client)
  end
  return client
end

--- Called once, when Neovim starts.
function M.setup()
  if vim.lsp.config and vim.lsp.enable then
    local options = wanted()
    vim.lsp.config('rulebook', { cmd = options.cmd, settings = { rulebook = options.settings } })
    vim.lsp.enable('rulebook')
    return
  end
  vim.api.nvim_create_autocmd('FileType', {
    pattern = 'rulebook',
    callback = function(event)
      M.attach(event.buf)
    end,
  })
end

return M
