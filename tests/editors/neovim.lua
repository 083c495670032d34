-- Neovim with the plugin in editors/neovim, as a person would have it: `nvim --headless --clean -l` (or -S) this file.
-- RULEBOOK names the program, RULES the folder of rules, PLUGIN that of the plugin.

local passed, failed = 0, 0

local function say(line)
  io.stdout:write(line .. '\n')
end

local function test(name, body)
  local well, why = xpcall(body, debug.traceback)
  if well then
    passed = passed + 1
    say('ok - ' .. name)
  else
    failed = failed + 1
    say('not ok - ' .. name .. '\n  ' .. tostring(why):gsub('\n', '\n  '))
  end
end

--- Waits until `ask` gives something true, and gives that.
local function await(what, ask)
  local answer
  if not vim.wait(60000, function()
    answer = ask()
    return answer
  end, 50) then
    error(what .. ': not within 60 s', 2)
  end
  return answer
end

vim.opt.runtimepath:prepend(vim.env.PLUGIN)
vim.g.rulebook = { cmd = { vim.env.RULEBOOK, 'lsp' } }
vim.cmd('filetype plugin indent on | syntax on | runtime! ftdetect/*.vim ftdetect/*.lua | runtime! plugin/rulebook.lua')
vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.RULES .. '/routing.rules'))
local buffer = vim.api.nvim_get_current_buf()

local function clients()
  return vim.tbl_values((vim.lsp.get_clients or vim.lsp.get_active_clients)())
end

local function ask(method, extra)
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, clients()[1].offset_encoding), extra or {})
  local answers = assert(vim.lsp.buf_request_sync(buffer, method, params, 60000), method .. ' has no answer')
  for _, answer in pairs(answers) do
    assert(not answer.error, vim.inspect(answer.error))
    return answer.result
  end
end

local function errors()
  return vim.diagnostic.get(buffer, { severity = vim.diagnostic.severity.ERROR })
end

--- What colours the letter at a place.
local function group(line, column)
  return vim.fn.synIDattr(vim.fn.synID(line, column, true), 'name')
end

local function place(text)
  local at = vim.fn.searchpos('\\V' .. text, 'nw')
  assert(at[1] > 0, 'there is no ' .. text)
  return at[1], at[2]
end

test('a file of rules is known, and coloured by its words', function()
  assert(vim.bo.filetype == 'rulebook', vim.bo.filetype)
  for text, wanted in pairs({
    ['record lead'] = 'rulebookItem',
    ['when lead.is_hot and'] = 'rulebookClause',
    ['assign sales by'] = 'rulebookEffect',
    ['round robin'] = 'rulebookContextual',
    ['"ana@'] = 'rulebookText',
    ['# What'] = 'rulebookComment',
  }) do
    local found = group(place(text))
    assert(found == wanted, ('%s is %s, not %s'):format(text, found, wanted))
  end
end)

test('lines are indented as they are laid out', function()
  local before = vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
  vim.cmd('silent normal! gg=G')
  local after = vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
  for line, text in ipairs(before) do
    assert(after[line] == text, ('line %d: `%s` became `%s`'):format(line, text, after[line]))
  end
end)

test('the server is started once for the rulebook', function()
  await('a client', function()
    return #clients() == 1 and clients()[1].server_capabilities
  end)
end)

test('a mistake is a diagnostic with a code, and goes when it is mended', function()
  local line = place('define lead.is_hot')
  vim.fn.setline(line, 'define lead.is_hot = lead.scor > 70')
  local found = await('an error', function()
    return #errors() == 1 and errors()[1]
  end)
  assert(found.lnum == line - 1, vim.inspect(found))
  assert(found.message:find('scor'), found.message)
  vim.fn.cursor(line, found.col + 1)
  local actions = ask('textDocument/codeAction', {
    range = { start = { line = line - 1, character = found.col }, ['end'] = { line = line - 1, character = found.end_col } },
    context = { diagnostics = { found.user_data and found.user_data.lsp and vim.tbl_extend('keep', found.user_data.lsp, {
      range = { start = { line = line - 1, character = found.col }, ['end'] = { line = line - 1, character = found.end_col } },
      message = found.message,
      severity = 1,
    }) } },
  })
  assert(actions and #actions > 0, 'no quick fix')
  assert(actions[1].edit, vim.inspect(actions))
  vim.lsp.util.apply_workspace_edit(actions[1].edit, clients()[1].offset_encoding)
  assert(vim.fn.getline(line) == 'define lead.is_hot = lead.score > 70', vim.fn.getline(line))
  await('no error', function()
    return #errors() == 0
  end)
end)

test('hover tells what a name is', function()
  local line, column = place('lead.score > 70')
  vim.fn.cursor(line, column + #'lead.')
  local hover = ask('textDocument/hover')
  local text = hover and (hover.contents.value or vim.inspect(hover.contents)) or ''
  assert(text:find('number'), text)
end)

test('completion offers the fields of the record', function()
  local line = place('define lead.is_hot')
  local written = vim.fn.getline(line)
  vim.fn.setline(line, written .. ' and lead.')
  vim.fn.cursor(line, #vim.fn.getline(line) + 1)
  local params = vim.lsp.util.make_position_params(0, clients()[1].offset_encoding)
  params.position = { line = line - 1, character = #vim.fn.getline(line) }
  local offered = ask('textDocument/completion', params)
  local labels = vim.tbl_map(function(item)
    return item.label
  end, offered and (offered.items or offered) or {})
  assert(vim.tbl_contains(labels, 'country') and vim.tbl_contains(labels, 'score'), vim.inspect(labels))
  vim.fn.setline(line, written)
end)

test('the server lays out what is not', function()
  local line = place('define lead.is_hot')
  vim.fn.setline(line, 'define   lead.is_hot=lead.score>70')
  local edits = ask('textDocument/formatting', { options = { tabSize = 2, insertSpaces = true } })
  assert(edits and #edits > 0, 'nothing to lay out')
  vim.lsp.util.apply_text_edits(edits, buffer, clients()[1].offset_encoding)
  assert(vim.fn.getline(line) == 'define lead.is_hot = lead.score > 70', vim.fn.getline(line))
end)

say(('%d passed, %d failed'):format(passed, failed))
vim.cmd(failed == 0 and 'qall!' or 'cquit!')
