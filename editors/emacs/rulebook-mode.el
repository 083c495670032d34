;;; rulebook-mode.el --- Business rules that read like sentences  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: languages, tools
;; URL: https://rulebook.invalid

;;; Commentary:

;; Colours, indentation, comments, folding by `hs-minor-mode' and the index of `imenu' for files of rules, and the
;; language server of Rulebook for `eglot'.  See README.md beside this file.

;;; Code:

(require 'rx)
(require 'seq)

(defgroup rulebook nil
  "Business rules that read like sentences."
  :group 'languages
  :prefix "rulebook-")

(defcustom rulebook-program "rulebook"
  "The command `rulebook', with its folder where it is not on the path."
  :type 'string)

(defcustom rulebook-indent 2
  "How many blanks a level is indented by."
  :type 'natnum
  :safe #'natnump)

;; The lists are written from crates/syntax/src/keywords.rs: tests/suite/editors/words.rs.

(defconst rulebook-item-words
  '("record" "let" "list" "define" "decide" "score" "table" "calendar" "team" "queue" "reference" "user" "rules"
    "rule" "never" "test")
  "Words that begin an item.")

(defconst rulebook-later-item-words
  '("workflow" "lifecycle" "every")
  "Words that will begin an item in a later version.")

(defconst rulebook-clause-words
  '("when" "then" "otherwise" "if" "else")
  "Words that hold the parts of a rule together.")

(defconst rulebook-connective-words
  '("and" "or" "not")
  "Words that join conditions.")

(defconst rulebook-operator-words
  '("is" "in" "between" "contains" "starts" "ends" "matches" "within" "older" "before" "after" "default" "does"
    "changed" "was" "becomes" "during")
  "Words that test and combine values.")

(defconst rulebook-value-words
  '("missing" "now" "today" "true" "false" "it")
  "Words that are values.")

(defconst rulebook-effect-words
  '("assign" "leave" "keep" "set" "clear" "add" "remove" "create" "notify" "send" "call" "accept" "reject" "start"
    "stop")
  "Words that begin an effect.")

(defconst rulebook-contextual-words
  '("all" "any" "at" "away" "becoming" "blank" "business" "by" "cc" "collect" "contain" "count" "disabled" "due"
    "each" "email" "end" "escalate" "event" "exact" "expect" "fault" "first" "for" "from" "given" "halving" "hash"
    "holidays" "hours" "key" "keyed" "last" "least" "limit" "loaded" "lost" "match" "max" "min" "money" "most"
    "new" "next" "no" "none" "of" "on" "one" "only" "over" "owner" "present" "reply" "robin" "round" "share"
    "since" "subtract" "sum" "task" "text" "than" "time" "to" "unassigned" "unique" "until" "weight" "where"
    "with" "word" "zone")
  "Words that mean something in their own place only.")

(defconst rulebook--name "\\(?:`[^`\n]+`\\|[[:alpha:]_][[:alnum:]_]*\\)"
  "A name as it is written.")

(defun rulebook--words (words)
  "What matches each of WORDS, unless it is a name: behind a dot, or before a dot, colon or bracket."
  (concat "\\(?:^\\|[^.[:alnum:]_]\\)\\(" (regexp-opt words) "\\)\\(?:[^[:alnum:]_.:([]\\|$\\)"))

(defun rulebook--reserved (words)
  "What matches each of WORDS, unless it is a name: behind a dot or before a colon."
  (concat "\\(?:^\\|[^.[:alnum:]_]\\)\\(" (regexp-opt words) "\\)\\(?:[^[:alnum:]_:]\\|$\\)"))

(defun rulebook--each (pattern face)
  "Colour group 1 of PATTERN with FACE also where two follow each other with one blank between."
  `(,pattern (1 ,face) (,pattern (goto-char (match-end 1)) nil (1 ,face))))

(defconst rulebook-font-lock-keywords
  `((,(concat "^\\s-*\\(?:record\\|let\\|list\\|table\\|reference\\|calendar\\|team\\|queue\\|user\\)\\s-+\\("
              rulebook--name "\\)")
     (1 font-lock-type-face))
    ("^\\s-*\\(?:rules\\|rule\\|test\\)\\s-+\\(\"[^\"\n]*\"\\)" (1 font-lock-function-name-face t))
    ("\\(\\.\\|\\_<\\)\\(`[^`\n]+`\\)" (2 font-lock-variable-name-face))
    ("[^.]\\.\\([[:alpha:]_][[:alnum:]_]*\\)" (1 font-lock-variable-name-face))
    ("\\_<\\([[:alpha:]_][[:alnum:]_]*\\)\\s-*:" (1 font-lock-variable-name-face))
    ("\\_<\\([[:alpha:]_][[:alnum:]_]*\\)(" (1 font-lock-function-name-face))
    ("\\_<[0-9][0-9_.:T+-]*\\(?:%\\|[[:alpha:]]+\\)?" (0 font-lock-constant-face))
    ,(rulebook--each (rulebook--reserved (append rulebook-item-words rulebook-later-item-words)) 'font-lock-keyword-face)
    ,(rulebook--each (rulebook--reserved (append rulebook-clause-words rulebook-connective-words rulebook-operator-words))
                     'font-lock-keyword-face)
    ,(rulebook--each (rulebook--reserved rulebook-value-words) 'font-lock-constant-face)
    ,(rulebook--each (rulebook--reserved rulebook-effect-words) 'font-lock-builtin-face)
    ,(rulebook--each (rulebook--words rulebook-contextual-words) 'font-lock-type-face))
  "What is coloured beside texts and comments.")

(defvar rulebook-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?` "." table)
    (modify-syntax-entry ?| "." table)
    (dolist (sign '(?+ ?- ?* ?/ ?% ?< ?> ?=))
      (modify-syntax-entry sign "." table))
    table)
  "Which letter is what.")

;; Patterns hold quotes and signs of comments that mean nothing: `matches /"#/'.
(defconst rulebook--syntax-propertize
  (syntax-propertize-rules
   ("\\_<\\(?:match\\|matches\\|of\\)\\s-+(?\\(/\\)\\(?:[^/\\\n]\\|\\\\.\\)+\\(/\\)" (1 "|") (2 "|"))))

(defun rulebook--depth ()
  "How deep the line at point stands, in levels."
  (save-excursion
    (back-to-indentation)
    (let ((closes (looking-at-p "[])}]"))
          (depth (car (syntax-ppss))))
      (max 0 (if closes (1- depth) depth)))))

(defun rulebook--first-word ()
  "The first word of the line at point."
  (save-excursion
    (back-to-indentation)
    (if (looking-at "[[:alpha:]]+") (match-string-no-properties 0) "")))

(defun rulebook--line-above (test)
  "Go up over lines of the same depth until TEST holds for the first word of one; its indentation, or nil."
  (save-excursion
    (let ((depth (rulebook--depth)) found)
      (while (and (not found) (zerop (forward-line -1)) (>= (rulebook--depth) depth))
        (when (and (= (rulebook--depth) depth) (not (looking-at-p "\\s-*\\(#\\|$\\)")))
          (let ((word (rulebook--first-word)))
            (cond ((funcall test word) (setq found (current-indentation)))
                  ((member word '("rule" "otherwise" "test")) (forward-line -1000000))))))
      found)))

(defun rulebook-indentation ()
  "How far the line at point is indented: by its brackets, and within a rule by its clause."
  (let* ((word (rulebook--first-word))
         (base (* rulebook-indent (rulebook--depth)))
         (header (lambda (above) (equal above "rule"))))
    (cond
     ((member word '("when" "then"))
      (let ((rule (rulebook--line-above header)))
        (if rule (+ rule rulebook-indent)
          (if (equal word "then") (+ base rulebook-indent) base))))
     ((member word '("and" "or"))
      (let ((when (rulebook--line-above (lambda (above) (equal above "when")))))
        (if when (+ when rulebook-indent) (+ base rulebook-indent))))
     ((member word rulebook-effect-words)
      (let ((then (rulebook--line-above (lambda (above) (equal above "then")))))
        (if then (+ then (length "then ")) base)))
     (t base))))

(defun rulebook-indent-line ()
  "Indent the line at point."
  (interactive)
  (let ((offset (- (current-column) (current-indentation))))
    (indent-line-to (rulebook-indentation))
    (when (> offset 0) (forward-char offset))))

(defvar rulebook-imenu-generic-expression
  '(("Tests" "^\\s-*test\\s-+\"\\([^\"\n]+\\)\"" 1)
    ("Rules" "^\\s-*rule\\s-+\"\\([^\"\n]+\\)\"" 1)
    ("Sets" "^\\s-*rules\\s-+\"\\([^\"\n]+\\)\"" 1)
    ("Records" "^\\s-*record\\s-+\\([[:alnum:]_]+\\)" 1)
    ("Derived" "^\\s-*\\(?:define\\|decide\\|score\\)\\s-+\\([[:alnum:]_.]+\\)" 1)
    ("Tables" "^\\s-*table\\s-+\\([[:alnum:]_]+\\)" 1)
    ("Lists" "^\\s-*list\\s-+\\([[:alnum:]_]+\\)" 1)
    ("Targets" "^\\s-*\\(?:team\\|queue\\|user\\)\\s-+\\([[:alnum:]_]+\\)" 1))
  "What `imenu' lists.")

;;;###autoload
(define-derived-mode rulebook-mode prog-mode "Rulebook"
  "Major mode for business rules."
  (setq-local comment-start "# ")
  (setq-local comment-start-skip "#+\\s-*")
  (setq-local font-lock-defaults '(rulebook-font-lock-keywords))
  (setq-local syntax-propertize-function rulebook--syntax-propertize)
  (setq-local indent-line-function #'rulebook-indent-line)
  (setq-local indent-tabs-mode nil)
  (setq-local electric-indent-chars (append '(?\} ?\) ?\]) electric-indent-chars))
  (setq-local imenu-generic-expression rulebook-imenu-generic-expression)
  (setq-local eldoc-echo-area-use-multiline-p t))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.rules\\'" . rulebook-mode))

(defvar eglot-server-programs)

(defun rulebook-server (&rest _)
  "The command that starts the language server."
  (list rulebook-program "lsp"))

;;;###autoload
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(rulebook-mode . rulebook-server)))

(provide 'rulebook-mode)

;;; rulebook-mode.el ends here
