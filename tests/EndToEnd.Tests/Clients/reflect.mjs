// Calls a service that it knows nothing of but what the server's reflection tells, with the command line of grpcurl:
// node reflect.mjs -plaintext -d MESSAGES ADDRESS SERVICE/METHOD
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const [, , data, address, path] = process.argv.slice(2);
const [service, method] = path.split('/');
const credentials = grpc.credentials.createInsecure();
const options = { keepCase: true, longs: Number, enums: String, oneofs: true };
const collect = stream => new Promise((resolve, reject) => {
  const messages = [];
  stream.on('data', message => messages.push(message));
  stream.on('error', reject);
  stream.on('end', () => resolve(messages));
});

// Messages stand one behind the other; each ends where the braces outside of strings are closed.
const split = text => {
  const messages = [];
  let [depth, quoted, start] = [0, false, 0];
  for (let i = 0; i < text.length; i++) {
    if (quoted && text[i] === '\\') i++;
    else if (text[i] === '"') quoted = !quoted;
    else if (!quoted && text[i] === '{' && depth++ === 0) start = i;
    else if (!quoted && text[i] === '}' && --depth === 0) messages.push(JSON.parse(text.slice(start, i + 1)));
  }
  return messages;
};

const varint = number => number < 128 ? [number] : [number % 128 + 128, ...varint(Math.floor(number / 128))];
// A FileDescriptorSet: field 1, repeated, of bytes.
const setOf = files => Buffer.concat(files.flatMap(file => [Buffer.from([0x0a, ...varint(file.length)]), file]));

const { ServerReflection } = grpc.loadPackageDefinition(loader.loadSync('reflection.proto', options)).grpc.reflection.v1alpha;
const reflection = new ServerReflection(address, credentials);
const question = reflection.ServerReflectionInfo();
const answers = collect(question);
question.write({ file_containing_symbol: service });
question.end();
const files = (await answers)[0].file_descriptor_response.file_descriptor_proto;
reflection.close();

const loaded = grpc.loadPackageDefinition(loader.loadFileDescriptorSetFromBuffer(setOf(files), options));
const Client = service.split('.').reduce((found, name) => found[name], loaded);
const client = new Client(address, credentials);
const { requestStream, responseStream } = Client.service[method];
const requests = split(data);
// The library takes the maps of a descriptor for the lists of entries that they are on the wire.
const { field, nestedType } = Client.service[method].requestType.type;
for (const { name, typeName } of field) {
  if (!nestedType.some(entry => entry.options?.mapEntry && typeName.endsWith(entry.name))) continue;
  for (const request of requests.filter(request => name in request))
    request[name] = Object.entries(request[name]).map(([key, value]) => ({ key, value }));
}

const unary = () => new Promise((resolve, reject) =>
  client[method](requests[0], (error, answer) => error ? reject(error) : resolve([answer])));
const streamed = () => {
  const stream = requestStream ? client[method]() : client[method](requests[0]);
  if (requestStream) {
    requests.forEach(request => stream.write(request));
    stream.end();
  }
  return collect(stream);
};

for (const message of await (responseStream ? streamed() : unary())) console.log(JSON.stringify(message));
client.close();
