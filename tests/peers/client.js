// A tablet that holds its marks in PouchDB, told what to do line by line.
//
//   node client.js FOLDER
//
// Each line of stdin is a command in JSON, and is answered by one line of JSON:
//
//   {"do": "write", "name": N, "file": F}   puts the documents of F, one a line, into the local database N
//   {"do": "push", "name": N, "to": URL, "batch": B, "checkpoint": C}
//                                           replicates it; C: "both" (as PouchDB comes), "source" or "target"
//   {"do": "pull", "name": N, "from": URL, "batch": B}   the other way
//   {"do": "list", "of": N or URL, "file": F}            writes the ids of a database's documents to F, one a line
//
// It ends when stdin does.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const PouchDB = require('pouchdb');

const [folder] = process.argv.slice(2);
const ROWS_OF_A_WRITE = 5000;

let requests = 0;
const counted = (url, options) => {
  requests += 1;
  return PouchDB.fetch(url, options);
};

const local = (name) => new PouchDB(path.join(folder, name));
const remote = (url) => new PouchDB(url, { fetch: counted });

const commands = {
  async write({ name, file }) {
    const database = local(name);
    const lines = fs.readFileSync(file, 'utf8').split('\n').filter(Boolean);
    for (let at = 0; at < lines.length; at += ROWS_OF_A_WRITE) {
      const documents = lines.slice(at, at + ROWS_OF_A_WRITE).map((line) => JSON.parse(line));
      const written = await database.bulkDocs(documents);
      const refused = written.find((row) => row.error);
      if (refused) throw new Error(JSON.stringify(refused));
    }
    await database.close();
    return { documents: lines.length };
  },

  push: ({ name, to, batch, checkpoint }) => replicate(local(name), remote(to), batch, checkpoint),

  pull: ({ name, from, batch }) => replicate(remote(from), local(name), batch, 'both'),

  async list({ of, file }) {
    const database = of.includes('://') ? remote(of) : local(of);
    const { rows } = await database.allDocs();
    await database.close();
    fs.writeFileSync(file, rows.map((row) => row.id + '\n').join(''));
    return { documents: rows.length };
  },
};

async function replicate(source, target, batch, checkpoint) {
  const options = { batch_size: batch };
  // Left out, PouchDB writes its checkpoints on both sides.
  if (checkpoint !== 'both') options.checkpoint = checkpoint;
  const before = requests;
  // Both are opened before the clock starts.
  await Promise.all([source.info(), target.info()]);
  const start = process.hrtime.bigint();
  const result = await PouchDB.replicate(source, target, options);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  await Promise.all([source.close(), target.close()]);
  if (!result.ok || result.doc_write_failures > 0) throw new Error(JSON.stringify(result));
  return { seconds, requests: requests - before, written: result.docs_written };
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    const answer = await commands[command.do](command);
    console.log(JSON.stringify(answer));
  }
  process.exit();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
