" Files of rules, before Neovim 0.8. Those of udev, polkit and audit have the same ending, and keep their own.
if !has('nvim-0.8')
  autocmd BufNewFile,BufRead *.rules
        \ if expand('<afile>:p') !~# '/\(udev\|polkit-1\|audit\)/'
        \ |   unlet! b:did_ftplugin b:did_indent
        \ |   set filetype=rulebook
        \ | endif
endif
