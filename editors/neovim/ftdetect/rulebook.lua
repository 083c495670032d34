-- Files of rules, from Neovim 0.8 on. Those of udev, polkit and audit have the same ending, and keep their own.
if vim.fn.has('nvim-0.8') == 1 then
  local function other(file)
    return file:find('/udev/') or file:find('/polkit%-1/') or file:find('/audit/')
  end
  vim.filetype.add({
    pattern = {
      ['.*%.rules'] = {
        function(file)
          return not other(file) and 'rulebook' or nil
        end,
        { priority = 10 },
      },
    },
  })
end
