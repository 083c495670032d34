" Indentation by brackets, and within a rule by its clause.
if exists('b:did_indent')
  finish
endif
let b:did_indent = 1

setlocal indentexpr=RulebookIndent(v:lnum)
setlocal indentkeys=0},0),0],!^F,o,O,0=when,0=then,0=and,0=or,0=otherwise
let b:undo_indent = 'setlocal indentexpr< indentkeys<'

if exists('*RulebookIndent')
  finish
endif

" A line without its texts and its comment, which may hold brackets that mean nothing.
function! s:bare(line) abort
  return substitute(substitute(getline(a:line), '"\%([^"\\]\|\\.\)*"', '', 'g'), '#.*$', '', '')
endfunction

" How many brackets stand open behind a line, none less than what it began with.
function! s:opens(line) abort
  let l:text = s:bare(a:line)
  return len(substitute(l:text, '[^{(\[]', '', 'g')) - len(substitute(l:text, '[^})\]]', '', 'g'))
endfunction

function! RulebookIndent(line) abort
  let l:above = prevnonblank(a:line - 1)
  if l:above == 0
    return 0
  endif
  let l:word = matchstr(getline(a:line), '^\s*\zs[[:alpha:]]\+')
  " The beginning of the rule that this line may be a part of.
  let l:rule = l:above
  while l:rule > 0 && s:bare(l:rule) !~# '^\s*\%(rule\>\|rules\>\|test\>\|otherwise\>\|}\)' && getline(l:rule) =~# '\S'
    let l:rule -= 1
  endwhile
  let l:in_rule = s:bare(l:rule) =~# '^\s*rule\>'
  if l:word =~# '^\%(when\|then\)$' && l:in_rule
    return indent(l:rule) + shiftwidth()
  elseif l:word =~# '^\%(and\|or\)$' && l:in_rule
    return indent(l:rule) + 2 * shiftwidth()
  elseif l:word =~# '^\%(rule\|otherwise\)$' && l:in_rule
    return indent(l:rule)
  endif
  let l:depth = s:opens(l:above) > 0 ? shiftwidth() : 0
  let l:closes = getline(a:line) =~# '^\s*[})\]]' ? shiftwidth() : 0
  if l:closes && l:in_rule
    return max([0, indent(l:rule) - shiftwidth()])
  endif
  return max([0, indent(l:above) + l:depth - l:closes])
endfunction
