// Signatures, judged by discord-interactions and made by Node. One JSON object a line comes in and one goes out:
// {"verify": {body, signature, timestamp, publicKey}} -> true or false; {"sign": {body, timestamp}} -> {publicKey, signature}.
// Bodies are in base64.
import { generateKeyPairSync, sign } from 'node:crypto';
import { createInterface } from 'node:readline';
import { verifyKey } from 'discord-interactions';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');

for await (const line of createInterface({ input: process.stdin })) {
  const { verify, sign: toSign } = JSON.parse(line);
  const answer = verify
    ? await verifyKey(Buffer.from(verify.body, 'base64'), verify.signature, verify.timestamp, verify.publicKey)
    : {
        publicKey: key,
        signature: sign(null, Buffer.concat([Buffer.from(toSign.timestamp), Buffer.from(toSign.body, 'base64')]), privateKey).toString('hex'),
      };
  console.log(JSON.stringify(answer));
}
