// Answers each line of standard input, {judge, channel, document}, with {valid} by LivePerson's own validators.
// The first argument is the folder whose node_modules holds them.
'use strict';
const fs = require('fs');
const path = require('path');
const readline = require('readline');

const modules = path.join(process.argv[2], 'node_modules');
const pollock = path.join(modules, 'json-pollock');

function grammar() {
  const Ajv = require(require.resolve('ajv', { paths: [pollock] }));
  const ajv = new Ajv({ format: 'full', unknownFormats: 'ignore', logger: false });
  const folder = path.join(pollock, 'js', 'schema');
  for (const name of fs.readdirSync(folder)) {
    ajv.addSchema(JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')), name);
  }
  return ajv.getSchema('rich_content.json');
}

const { RichContentValidator } = require(path.join(modules, '@livepersoninc', 'rich-content-validator'));
const validators = new Map();
function validator(channel) {
  if (!validators.has(channel)) validators.set(channel, new RichContentValidator({ channel }));
  return validators.get(channel);
}

const validate = grammar();
const JUDGES = {
  'rich-content': (channel, document) =>
    channel === 'web' ? validate(document) : validator(channel).validateBody(document).valid,
  'quick-replies': (channel, document) => validator(channel).validateQuickReply(document).valid,
  metadata: (channel, document) => validator(channel).validateMetadata(document).valid,
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const { judge, channel, document } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ valid: Boolean(JUDGES[judge](channel, document)) })}\n`);
});
