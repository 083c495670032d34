/** Rulebook in Visual Studio Code. Start at `activate`. */

import * as path from 'node:path';
import * as vscode from 'vscode';

import { folderOf } from './decision';
import { Panel } from './panel';
import { call } from './program';
import { Server } from './server';

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  server = new Server();
  const running = server;
  const panel = new Panel(context, () => running.program());
  const command = (name: string, run: (...words: never[]) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`rulebook.${name}`, run);
  context.subscriptions.push(
    running,
    panel,
    command('showDecision', () => withRules((file) => panel.show(file))),
    command('chooseSample', () => withRules(chooseSample)),
    command('runTests', () => withRules((file) => runTests(running, file))),
    command('explain', (code?: string) => explain(running, code)),
    command('restart', () => running.start()),
    command('showOutput', () => running.showOutput()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('rulebook.path')) void running.start();
    }),
  );
  // Not waited for: what needs no server works meanwhile, and where there is none.
  void running.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Does something with the rules that are edited; says so when none are. */
async function withRules(run: (file: vscode.Uri) => unknown): Promise<void> {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  const rules = editors.find((editor) => editor?.document.languageId === 'rulebook');
  if (rules) await run(rules.document.uri);
  else void vscode.window.showInformationMessage('Open a file of rules first: one whose name ends in .rules.');
}

async function chooseSample(rules: vscode.Uri): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(rules);
  const chosen = await vscode.window.showOpenDialog({
    title: 'Records on which rules are shown',
    defaultUri: vscode.Uri.file(path.dirname(rules.fsPath)),
    filters: { Records: ['ndjson', 'jsonl', 'json', 'csv', 'tsv'] },
  });
  const file = chosen?.[0]?.fsPath;
  if (!file) return;
  const inside = folder && file.startsWith(folder.uri.fsPath);
  const written = inside ? path.relative(folder.uri.fsPath, file) : file;
  const target = folder ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration('rulebook', rules).update('sample', written, target);
}

async function runTests(running: Server, rules: vscode.Uri): Promise<void> {
  const program = await running.program();
  if (!program) return;
  const folder = await folderOf(rules.fsPath, vscode.workspace.getWorkspaceFolder(rules)?.uri.fsPath);
  const task = new vscode.Task(
    { type: 'rulebook' },
    vscode.TaskScope.Workspace,
    'tests',
    'Rulebook',
    new vscode.ProcessExecution(program, ['test', '.'], { cwd: folder }),
  );
  task.presentationOptions = { clear: true, reveal: vscode.TaskRevealKind.Always };
  await vscode.tasks.executeTask(task);
}

/** The page about a finding: of `code`, or of the finding at the cursor. */
async function explain(running: Server, code: string | undefined): Promise<void> {
  const program = await running.program();
  const editor = vscode.window.activeTextEditor;
  const asked = code ?? (editor && codeAt(editor));
  if (!program) return;
  if (!asked) {
    void vscode.window.showInformationMessage('Put the cursor on something that is underlined.');
    return;
  }
  const said = await call(program, ['explain', asked], { cwd: '.' });
  if (said.code !== 0) {
    void vscode.window.showWarningMessage(said.err);
    return;
  }
  const page = await vscode.workspace.openTextDocument({ language: 'markdown', content: said.out });
  await vscode.window.showTextDocument(page, { preview: true, viewColumn: vscode.ViewColumn.Beside });
}

function codeAt(editor: vscode.TextEditor): string | undefined {
  const at = editor.selection.active;
  const found = vscode.languages.getDiagnostics(editor.document.uri).find((finding) => finding.range.contains(at));
  const code = found?.code;
  return typeof code === 'object' ? String(code.value) : code === undefined ? undefined : String(code);
}
