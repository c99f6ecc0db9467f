// What stands before each script for Node.js here: one line of JSON comes in for each that goes out, and the first of all
// holds the script's settings.
import assert from 'node:assert/strict'
import { createInterface } from 'node:readline'

// Packages speak on the console, too, and there it is nobody's answer.
console.log = console.info = console.warn = console.error
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const heard = async () => JSON.parse((await lines.next()).value)
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
const ask = (line) => (tell(line), heard())

/// What was refused here, with the name that the foreign code gives to the reason.
const refused = {}
const refuses = async (name, attempt) => {
  let came
  try {
    came = await attempt()
  } catch (error) {
    refused[name] = error.error ?? error.code ?? error.message
    return
  }
  assert.fail(`${name} was taken: ${JSON.stringify(came)}`)
}

/// A JWT with one bit of its signature turned over.
const bent = (token) => {
  const [head, body, signature] = token.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  bytes[20] ^= 1
  return [head, body, bytes.toString('base64url')].join('.')
}
