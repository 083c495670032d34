;;; emacs.el --- Emacs with editors/emacs, as a person would have it  -*- lexical-binding: t; -*-

;;; Commentary:

;; emacs --batch -l this file.  RULEBOOK names the program, RULES the folder of rules, PLUGIN that of the mode.

;;; Code:

(require 'cl-lib)
(when (fboundp 'package-activate-all) (package-activate-all))
(add-to-list 'load-path (getenv "PLUGIN"))
(require 'rulebook-mode)
(require 'eglot)
(require 'flymake)

(setq rulebook-program (getenv "RULEBOOK")
      eglot-sync-connect 60
      eglot-autoshutdown nil)

(defvar passed 0)
(defvar failed 0)

(defun await (what ask)
  "Wait until ASK gives something, and give that; WHAT is awaited."
  (let ((end (+ (float-time) 60)) answer)
    (while (not (setq answer (funcall ask)))
      (when (> (float-time) end) (error "%s: not within 60 s" what))
      (accept-process-output nil 0.05))
    answer))

(defmacro check (name &rest body)
  "Run BODY as the test NAME."
  (declare (indent 1))
  `(condition-case why
       (progn ,@body (cl-incf passed) (princ (format "ok - %s\n" ,name)))
     (error (cl-incf failed) (princ (format "not ok - %s\n  %s\n" ,name (error-message-string why))))))

(defun must (found wanted)
  "FOUND must be WANTED."
  (unless (equal found wanted) (error "%S instead of %S" found wanted)))

(defun face-of (text)
  "The face of the first letter of TEXT."
  (save-excursion
    (goto-char (point-min))
    (search-forward text)
    (get-text-property (match-beginning 0) 'face)))

(defun findings ()
  "The errors that flymake knows."
  (cl-remove-if-not (lambda (it) (eq (flymake-diagnostic-type it) 'eglot-error)) (flymake-diagnostics)))

(defun change (from to)
  "Write TO for FROM, and tell the server."
  (goto-char (point-min))
  (search-forward from)
  (replace-match to t t)
  (eglot--signal-textDocument/didChange))

(find-file (expand-file-name "routing.rules" (getenv "RULES")))

(check "a file of rules is known, and coloured by its words"
  (must major-mode 'rulebook-mode)
  (font-lock-ensure)
  (must (face-of "record lead") 'font-lock-keyword-face)
  (must (face-of "lead {") 'font-lock-type-face)
  (must (face-of "when lead.is_hot and") 'font-lock-keyword-face)
  (must (face-of "and lead.country") 'font-lock-keyword-face)
  (must (face-of "assign sales by") 'font-lock-builtin-face)
  (must (face-of "round robin") 'font-lock-type-face)
  (must (face-of "country in") 'font-lock-variable-name-face)
  (must (face-of "\"ana@") 'font-lock-string-face)
  (must (face-of "What the tests") 'font-lock-comment-face))

(check "lines are indented as they are laid out"
  (let ((before (buffer-string)))
    (indent-region (point-min) (point-max))
    (must (substring-no-properties (buffer-string)) (substring-no-properties before))
    (set-buffer-modified-p nil)))

(check "the index lists rules and declarations"
  (let ((index (funcall imenu-create-index-function)))
    (must (mapcar #'car (cdr (assoc "Rules" index))) '("Hot and near" "Hot"))
    (must (mapcar #'car (cdr (assoc "Lists" index))) '("dach"))))

(check "the server is started"
  (apply #'eglot--connect (eglot--guess-contact))
  (await "a server" #'eglot-current-server)
  (must (findings) nil))

(check "a mistake is a finding, and goes when it is mended"
  (change "lead.score > 70" "lead.scor > 70")
  (let ((found (await "an error" #'findings)))
    (must (length found) 1)
    (unless (string-match-p "scor" (flymake-diagnostic-text (car found)))
      (error "%s" (flymake-diagnostic-text (car found))))
    (goto-char (flymake-diagnostic-beg (car found)))
    (let ((actions (eglot-code-actions (flymake-diagnostic-beg (car found)) (flymake-diagnostic-end (car found)) "quickfix")))
      (unless (> (length actions) 0) (error "No quick fix"))
      (eglot--apply-workspace-edit (plist-get (elt actions 0) :edit) nil)
      (eglot--signal-textDocument/didChange)
      (goto-char (point-min))
      (search-forward "lead.score > 70")))
  (await "no error" (lambda () (null (findings)))))

(defun ask (method)
  "The server's answer to METHOD at point."
  (jsonrpc-request (eglot--current-server-or-lose) method (eglot--TextDocumentPositionParams)))

(check "hover tells what a name is"
  (goto-char (point-min))
  (search-forward "lead.score")
  (backward-char)
  (let ((hover (format "%S" (ask :textDocument/hover))))
    (unless (string-match-p "number" hover) (error "%s" hover))))

(check "completion offers the fields of the record"
  (change "lead.score > 70" "lead.score > 70 and lead.")
  (goto-char (point-min))
  (search-forward "and lead.")
  (pcase-let* ((`(,start ,end ,table . ,_) (eglot-completion-at-point))
               (offered (all-completions (buffer-substring start end) table)))
    (dolist (name '("country" "score"))
      (unless (cl-some (lambda (it) (string-prefix-p name (string-trim-left it))) offered) (error "%S" offered))))
  (change " and lead." ""))

(check "the server lays out what is not"
  (change "define lead.is_hot = lead.score > 70" "define   lead.is_hot=lead.score>70")
  (eglot-format-buffer)
  (goto-char (point-min))
  (search-forward "define lead.is_hot = lead.score > 70"))

(princ (format "%d passed, %d failed\n" passed failed))
(set-buffer-modified-p nil)
(ignore-errors (eglot-shutdown (eglot-current-server)))
(kill-emacs (if (zerop failed) 0 1))

;;; emacs.el ends here
