/** The panel beside the rules: the decision tree, and the verdict of a sample record with how it came about. */

import * as path from 'node:path';
import * as vscode from 'vscode';

import { type Decision, decide, folderOf } from './decision';

/** Where `at` of a verdict leads: `routing.rules:57`. */
const PLACE = /^(.*):(\d+)$/;

/** One panel, which follows the rules that are edited. */
export class Panel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private file: vscode.Uri | undefined;
  private shown: Decision | undefined;
  private asked: AbortController | undefined;
  private readonly others: vscode.Disposable;

  /** @param program gives the program, or tells the user why there is none */
  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly program: () => Promise<string | undefined>,
  ) {
    this.others = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (this.panel?.visible && this.concerns(document.uri)) void this.refresh();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (this.panel && change.affectsConfiguration('rulebook')) void this.refresh();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (!this.panel || editor?.document.languageId !== 'rulebook') return;
        if (editor.document.uri.toString() === this.file?.toString()) return;
        this.file = editor.document.uri;
        void this.refresh();
      }),
    );
  }

  /** Shows what becomes of the records by the rules in `file`, beside it. */
  async show(file: vscode.Uri): Promise<void> {
    this.file = file;
    if (!this.panel) this.open();
    this.panel?.reveal(undefined, true);
    await this.refresh();
  }

  dispose(): void {
    this.asked?.abort();
    this.others.dispose();
    this.panel?.dispose();
  }

  private open(): void {
    const media = vscode.Uri.joinPath(this.context.extensionUri, 'dist');
    const panel = vscode.window.createWebviewPanel(
      'rulebook.decision',
      'Decision',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [media], retainContextWhenHidden: true },
    );
    panel.webview.html = page(panel.webview, media);
    panel.webview.onDidReceiveMessage((message: { kind: string; at?: string }) => {
      if (message.kind === 'ready' && this.shown) void panel.webview.postMessage(this.shown);
      if (message.kind === 'open' && message.at) void this.jump(message.at);
      if (message.kind === 'choose') void vscode.commands.executeCommand('rulebook.chooseSample');
    });
    panel.onDidDispose(() => {
      this.asked?.abort();
      this.panel = undefined;
    });
    this.panel = panel;
  }

  private concerns(saved: vscode.Uri): boolean {
    return this.shown !== undefined && (saved.fsPath.startsWith(this.shown.rules) || saved.fsPath === this.shown.sample);
  }

  private async refresh(): Promise<void> {
    const program = await this.program();
    if (!program || !this.file) return;
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    const folder = vscode.workspace.getWorkspaceFolder(this.file)?.uri.fsPath;
    const rules = await folderOf(this.file.fsPath, folder);
    const settings = vscode.workspace.getConfiguration('rulebook', this.file);
    const sample = settings.get('sample', '').trim();
    const decision = await decide({
      program,
      rules,
      sample: sample && path.resolve(folder ?? rules, sample),
      now: settings.get('now', '').trim(),
      type: settings.get('type', '').trim(),
      signal: asked.signal,
    });
    if (asked.signal.aborted) return;
    this.shown = decision;
    await this.panel?.webview.postMessage(decision);
  }

  private async jump(at: string): Promise<void> {
    const place = PLACE.exec(at);
    if (!place || !this.shown) return;
    const file = vscode.Uri.file(path.resolve(this.shown.rules, place[1]!));
    const line = new vscode.Position(Number(place[2]) - 1, 0);
    await vscode.window.showTextDocument(file, { viewColumn: vscode.ViewColumn.One, selection: new vscode.Range(line, line) });
  }
}

function page(webview: vscode.Webview, media: vscode.Uri): string {
  const of = (name: string): vscode.Uri => webview.asWebviewUri(vscode.Uri.joinPath(media, name));
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src ${webview.cspSource};">
  <link rel="stylesheet" href="${of('view.css').toString()}">
  <title>Decision</title>
</head>
<body>
  <main id="decision"><p class="quiet">The rules are being asked …</p></main>
  <script src="${of('view.js').toString()}"></script>
</body>
</html>`;
}
