// Runs code and streams its events over HTTP. Node.js 24 runs this file as it is.

const api = (process.env.CODE_INTERPRETER_URL ?? 'http://127.0.0.1:8080') + '/v1'
const headers: Record<string, string> = { 'content-type': 'application/json' }
if (process.env.CODE_INTERPRETER_KEY) headers.authorization = `Bearer ${process.env.CODE_INTERPRETER_KEY}`

type GeneratedFile = { filename: string; file_id: string; size: number }
type Result = { outcome: string; output: string; generated_files: GeneratedFile[] }
type Event = { kind: string; execution_id: string; sequence?: number; text?: string; result?: Result }

async function post(path: string, body: object): Promise<Response> {
  const response = await fetch(api + path, { method: 'POST', headers, body: JSON.stringify({ user_id: 'example', ...body }) })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return response
}

/** The events of a response with server-sent events. */
async function* events(response: Response): AsyncGenerator<Event> {
  let rest = ''
  for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + part).split('\n\n')
    rest = blocks.pop()!
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
      if (fields.has('data')) yield { ...JSON.parse(fields.get('data')!), kind: fields.get('event')! }
    }
  }
}

// Wait for the result ...
const result = (await (await post('/executions', { code: "open('a.txt', 'w').write('hello')\nprint(6 * 7)" })).json()) as Result
console.log(result.outcome, result.output.trim())

// ... download a file ...
const [file] = result.generated_files
const content = await fetch(`${api}/files/${file.file_id}/content?user_id=example`, { headers })
console.log(file.filename, await content.text())

// ... or stream the events.
for await (const event of events(await post('/executions/stream', { code: 'for i in range(3): print(i, flush=True)' }))) {
  if (event.kind === 'stdout') process.stdout.write(event.text!)
  if (event.kind === 'finished') console.log(event.result!.outcome)
}

// A request that is wrong is an error.
try {
  await post('/executions', { code: '1', language: 'cobol' })
} catch (error) {
  console.log((error as Error).message.slice(0, 3))
}
