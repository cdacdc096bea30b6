// A gRPC client that knows nothing but the protos: node client.mjs ADDRESS PROTOS_DIRECTORY USER
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const [address, protos, userId] = process.argv.slice(2);
const load = file => grpc.loadPackageDefinition(loader.loadSync(
  `codeinterpreter/${file}`, { includeDirs: [protos], keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true }));
const { ExecutionService } = load('execution/v1/execution.proto').codeinterpreter.execution.v1;
const { FileService } = load('files/v1/files.proto').codeinterpreter.files.v1;
const executions = new ExecutionService(address, grpc.credentials.createInsecure());
const files = new FileService(address, grpc.credentials.createInsecure());

const call = (client, method, request) => new Promise((resolve, reject) =>
  client[method](request, (error, answer) => error ? reject(error) : resolve(answer)));
const collect = stream => new Promise((resolve, reject) => {
  const messages = [];
  stream.on('data', message => messages.push(message));
  stream.on('error', reject);
  stream.on('end', () => resolve(messages));
});
const upload = (header, content) => new Promise((resolve, reject) => {
  const stream = files.Upload((error, file) => error ? reject(error) : resolve(file));
  stream.write({ header });
  stream.write({ chunk: content });
  stream.end();
});

const uploaded = await upload({ user_id: userId, filename: 'in.txt' }, Buffer.from('from afar'));
const result = await call(executions, 'Execute', {
  user_id: userId,
  code: "text = open('in.txt').read()\nprint(text)\nopen('out.txt', 'w').write(text.upper())",
  user_files: [uploaded.file_id],
});
const download = await collect(files.Download({ user_id: userId, file_id: result.generated_file_ids[0] }));
const events = await collect(executions.ExecuteStream({ user_id: userId, code: "print('live')" }));
const refusal = await call(executions, 'Execute', { user_id: '', code: 'print()' }).catch(error => error);
const interactive = executions.ExecuteInteractive();
const told = collect(interactive);
interactive.write({ start: { user_id: userId, code: "print('Hello', input())" } });
interactive.write({ input: 'Ada\n' });
interactive.end();
const submitted = await call(executions, 'Submit', { user_id: userId, code: 'while True: pass' });
await call(executions, 'Cancel', { user_id: userId, execution_id: submitted.execution_id });
const cancelled = await call(executions, 'Wait', { user_id: userId, execution_id: submitted.execution_id, timeout_seconds: 30 });

console.log(JSON.stringify({
  output: result.output,
  outcome: result.outcome,
  downloaded: Buffer.concat(download.filter(part => part.part === 'chunk').map(part => part.chunk)).toString(),
  events: events.map(event => event.event).filter(event => event !== 'queued' && event !== 'keep_alive'),
  live: events.find(event => event.event === 'stdout').stdout,
  refusal: refusal.code,
  heard: (await told).filter(event => event.event === 'stdout').map(event => event.stdout).join(''),
  cancelled: cancelled.result.outcome,
}));
executions.close();
files.close();
