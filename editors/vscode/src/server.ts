/** The language server: found, started, and missed with a word about what to do. */

import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';

import { call, find } from './program';

/** The client of `rulebook lsp`, and the program behind it. */
export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private readonly output = vscode.window.createOutputChannel('Rulebook', { log: true });
  private readonly status: vscode.LanguageStatusItem;

  constructor() {
    this.status = vscode.languages.createLanguageStatusItem('rulebook.server', { language: 'rulebook' });
    this.status.name = 'Rulebook';
    this.status.command = { command: 'rulebook.showOutput', title: 'Show output' };
    this.tell('starting', vscode.LanguageStatusSeverity.Information, true);
  }

  /** The program that is set or found. Where there is none, the user is told what to do, and gets `undefined`. */
  async program(): Promise<string | undefined> {
    const set = vscode.workspace.getConfiguration('rulebook').get('path', '');
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const program = await find(set, folder);
    if (!program) {
      this.tell('not found', vscode.LanguageStatusSeverity.Error);
      void this.miss(set);
    }
    return program;
  }

  /** Starts the server, after ending the one that runs. */
  async start(): Promise<void> {
    await this.stop();
    const program = await this.program();
    if (!program) return;
    this.output.info(`The server is ${program} lsp`);
    const run = { command: program, args: ['lsp'], options: { cwd: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath } };
    const server: ServerOptions = { run, debug: run };
    const client: LanguageClientOptions = {
      documentSelector: [{ language: 'rulebook' }],
      outputChannel: this.output,
      synchronize: { configurationSection: 'rulebook' },
      markdown: { isTrusted: { enabledCommands: ['rulebook.showDecision'] }, supportHtml: false },
    };
    this.client = new LanguageClient('rulebook', 'Rulebook', server, client);
    try {
      await this.client.start();
      const version = await call(program, ['--version'], { cwd: '.' });
      this.tell(version.out.trim() || 'running', vscode.LanguageStatusSeverity.Information);
    } catch (error) {
      this.output.error(String(error));
      this.tell('does not start', vscode.LanguageStatusSeverity.Error);
      void this.fail(program);
    }
  }

  /** Asks the server something of its own; `undefined` when it does not run or does not know. */
  async ask<T>(method: string, params: unknown): Promise<T | undefined> {
    try {
      return await this.client?.sendRequest<T>(method, params);
    } catch (error) {
      this.output.warn(`${method}: ${String(error)}`);
      return undefined;
    }
  }

  showOutput(): void {
    this.output.show();
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.dispose().catch(() => undefined);
  }

  dispose(): void {
    void this.stop();
    this.status.dispose();
    this.output.dispose();
  }

  private tell(text: string, severity: vscode.LanguageStatusSeverity, busy = false): void {
    this.status.text = `Rulebook: ${text}`;
    this.status.severity = severity;
    this.status.busy = busy;
  }

  private async fail(program: string): Promise<void> {
    const choice = await vscode.window.showErrorMessage(
      `Rulebook's language server does not start. \`${program} lsp\` is what was tried.`,
      'Show Output',
      'Set Path',
    );
    if (choice === 'Show Output') this.showOutput();
    if (choice === 'Set Path') await openSetting();
  }

  private async miss(set: string): Promise<void> {
    const where = set.trim() === '' ? 'The program `rulebook` is not on the path' : `There is no program at \`${set}\``;
    const choice = await vscode.window.showErrorMessage(
      `${where}. Without it rules are coloured, and nothing else. Install it, or say where it is.`,
      'Set Path',
      'How to Install',
      'Try Again',
    );
    if (choice === 'Set Path') await openSetting();
    if (choice === 'Try Again') await this.start();
    if (choice === 'How to Install') {
      const page = await vscode.workspace.openTextDocument({ language: 'markdown', content: INSTALL });
      await vscode.window.showTextDocument(page, { preview: true });
    }
  }
}

const INSTALL = `# Installing rulebook

In the folder of Rulebook's sources:

\`\`\`sh
cargo install --locked --path crates/cli
\`\`\`

This puts \`rulebook\` into \`~/.cargo/bin\`, where this extension looks too. When it lies elsewhere, say so in the setting
\`rulebook.path\`, and run the command **Rulebook: Restart Language Server**.
`;

function openSetting(): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.openSettings', 'rulebook.path');
}
