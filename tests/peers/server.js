// A CouchDB as npm has it: PouchDB's databases (LevelDB files) behind express-pouchdb.
//
//   node server.js FOLDER [PORT]
//
// It says where it listens in one line of JSON, and ends when its stdin does.
'use strict';

const path = require('node:path');
const PouchDB = require('pouchdb');
const couch = require('express-pouchdb');

const [folder, port] = process.argv.slice(2);
const databases = PouchDB.defaults({ prefix: folder + path.sep });
// The routes that replication needs, without log, users or pages: the least that it can cost.
const app = couch(databases, { mode: 'minimumForPouchDB' });

const server = app.listen(Number(port || 0), '127.0.0.1', () => {
  console.log(JSON.stringify({ listening: server.address().port }));
});
process.stdin.resume().on('end', () => process.exit());
