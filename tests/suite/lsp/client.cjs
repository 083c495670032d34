// A client of Microsoft's own making speaks with the server: `node client.cjs BINARY stdio|socket`.
const { spawn } = require('node:child_process');
const net = require('node:net');
const protocol = require('vscode-languageserver-protocol/node');

const [binary, way] = process.argv.slice(2);
const uri = 'untitled:node.rules';
const text = 'team sales  { "ada" }\nwhen lead.score > 70 then asign sales\n';

function fail(reason) {
    console.error(reason);
    process.exit(1);
}
setTimeout(() => fail('nothing comes any more'), 60_000).unref();

/** The server, and the streams to and from it. */
async function start() {
    if (way === 'stdio') {
        const server = spawn(binary, ['lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
        return { server, from: server.stdout, to: server.stdin };
    }
    const listener = net.createServer();
    await new Promise((ready) => listener.listen(0, '127.0.0.1', ready));
    const connected = new Promise((ready) => listener.once('connection', ready));
    const server = spawn(binary, ['lsp', `--socket=${listener.address().port}`], { stdio: 'inherit' });
    const socket = await connected;
    listener.close();
    return { server, from: socket, to: socket };
}

async function main() {
    const { server, from, to } = await start();
    const ended = new Promise((ready) => server.once('exit', ready));
    const connection = protocol.createProtocolConnection(
        new protocol.StreamMessageReader(from),
        new protocol.StreamMessageWriter(to),
    );
    const published = new Promise((ready) => {
        connection.onNotification(protocol.PublishDiagnosticsNotification.type, (told) => {
            if (told.uri === uri && told.diagnostics.length > 0) ready(told);
        });
    });
    connection.listen();
    const offered = await connection.sendRequest(protocol.InitializeRequest.type, {
        processId: process.pid,
        rootUri: null,
        workspaceFolders: null,
        capabilities: { general: { positionEncodings: ['utf-16'] } },
    });
    console.log('encoding', offered.capabilities.positionEncoding);
    await connection.sendNotification(protocol.InitializedNotification.type, {});
    await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: 'rulebook', version: 1, text },
    });
    const [found] = (await published).diagnostics;
    console.log('found', found.code, JSON.stringify(found.range));
    const textDocument = { uri };
    const edits = await connection.sendRequest(protocol.DocumentFormattingRequest.type, {
        textDocument,
        options: { tabSize: 4, insertSpaces: true },
    });
    console.log('edits', edits.length);
    const actions = await connection.sendRequest(protocol.CodeActionRequest.type, {
        textDocument,
        range: found.range,
        context: { diagnostics: [found] },
    });
    console.log('action', actions[0].title);
    await connection.sendRequest(protocol.ShutdownRequest.type);
    await connection.sendNotification(protocol.ExitNotification.type);
    console.log('status', await ended);
    process.exit(0);
}

main().catch((error) => fail(error.stack));
