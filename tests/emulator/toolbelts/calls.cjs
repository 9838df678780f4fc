'use strict';
// Makes the same calls with any V1 toolbelt: `node calls.cjs <toolbelt> <settings as JSON> [<access file>]`. Prints how
// each ended, as one JSON object: {name: {result} | {error: {type, code, message}}}.

const [place, given, accessFile] = process.argv.slice(2);
const settings = JSON.parse(given);
if (accessFile) require(accessFile).grant(settings.access, __filename);
const belt = require(place);
const { Toolbelt } = belt;
const { stub, account } = settings;

const CONVERSATION = {
  conversationHistoryRecords: [{
    sdes: { events: [{ serverTimeStamp: 3, n: 'c' }, { serverTimeStamp: 1, n: 'a' }, { serverTimeStamp: 2, n: 'b' }] },
    messageRecords: [
      { type: 'TEXT_PLAIN', timeL: 1, sentBy: 'Consumer', messageData: { msg: { text: 'Refund? refund!' } } },
      { type: 'RICH_CONTENT', timeL: 2, sentBy: 'Agent', messageData: {} },
      { type: 'HOSTED_FILE', timeL: 3, sentBy: 'Agent', messageData: { file: { caption: 'My REFUND', relativePath: '/a.png' } } },
    ],
  }],
};
const copy = () => structuredClone(CONVERSATION);
const http = (...values) => Toolbelt.HTTPClient()(...values);
const secrets = () => Toolbelt.SecretClient();
const csds = () => (accessFile ? Toolbelt.CsdsClient() : Toolbelt.lazyInitCsdsClient());
const context = () => Toolbelt.ContextServiceClient({ apiKey: 'key', accountId: account });
const refused = (promise) => promise.then(() => 'not refused', (error) => ({ statusCode: error.statusCode, body: error.error }));

const CALLS = {
  exports: () => Object.keys(belt).sort(),
  'error codes': () => belt.ErrorCodes,
  services: () => ({ ...belt.LpServices }),
  'content types': () => ({ ...belt.ConversationContentTypes }),
  'attribute types': () => ({ ...belt.SDETypes }),
  'SecretError is an Error with a code': () => {
    const error = new belt.SecretError('a.code', 'words');
    return [error instanceof Error, error.code, error.message];
  },

  'readSecret of a text': () => secrets().readSecret('text'),
  'readSecret of an object': () => secrets().readSecret('object'),
  'readSecret of none': () => secrets().readSecret('absent'),
  updateSecret: () => secrets().updateSecret({ key: 'text', value: 'new' }),
  'readSecret after updateSecret': () => secrets().readSecret('text'),
  'updateSecret of none': () => secrets().updateSecret({ key: 'absent', value: 'new' }),
  'updateSecret with 10,000 characters': () => secrets().updateSecret({ key: 'text', value: 'v'.repeat(10_000) }),
  'updateSecret with 10,001 characters': () => secrets().updateSecret({ key: 'text', value: 'v'.repeat(10_001) }),

  'host of a service': () => csds().get('sentinel'),
  'host of no service': () => csds().get('nope'),

  'HTTPClient: a text': () => http(`${stub}/text`),
  'HTTPClient: JSON': () => http(`${stub}/json`, { json: true }),
  'HTTPClient: no JSON where JSON was asked for': () => http(`${stub}/text`, { json: true }),
  'HTTPClient: JSON as text': () => http(`${stub}/json`),
  'HTTPClient: a Buffer': async () => {
    const body = await http(`${stub}/text`, { encoding: null });
    return [Buffer.isBuffer(body), body.toString()];
  },
  'HTTPClient: options alone': () => http({ uri: `${stub}/echo`, method: 'PUT', body: 'a text' }).then(JSON.parse),
  'HTTPClient: url instead of uri': () => http({ url: `${stub}/text` }),
  'HTTPClient: POST of JSON': () => http(`${stub}/echo`, { method: 'POST', json: true, body: { a: [1] } }),
  'HTTPClient: POST of a form': () =>
    http(`${stub}/echo`, { method: 'POST', json: true, form: { a: '1 2', b: 'ü&' } }),
  'HTTPClient: a query': () => http(`${stub}/echo?a=1`, { json: true, qs: { b: 'x y', c: 2 } }),
  'HTTPClient: name and password': () => http(`${stub}/echo`, { json: true, auth: { user: 'ada', pass: 'pw' } }),
  'HTTPClient: own headers': () => http(`${stub}/echo`, { json: true, headers: { 'X-Own': 'yes' } }),
  'HTTPClient: an error status': () => refused(http(`${stub}/status/404`, { json: true })),
  'HTTPClient: an error status, text': () => refused(http(`${stub}/status/500`)),
  'HTTPClient: a redirection': () => http(`${stub}/redirect/302?/json`),
  'HTTPClient: nobody listens': () => http('http://127.0.0.1:1/').then(() => 'answered', (e) => e instanceof Error),
  'HTTPClient: simple is false': () => http(`${stub}/status/404`, { json: true, simple: false }),
  'HTTPClient: the whole response': async () => {
    const { statusCode, body } = await http(`${stub}/json`, { json: true, resolveWithFullResponse: true });
    return { statusCode, body };
  },
  'HTTPClient: baseUrl': () => http('/text', { baseUrl: stub }),
  'HTTPClient: its headers': async () => {
    const { headers } = JSON.parse(await http(`${stub}/function`));
    return [headers['lp-url'], headers['user-agent']];
  },
  'HTTPClient: a host that is not allowed': () => http('http://elsewhere.invalid/').then(({ statusCode }) => statusCode),

  'LpClient: a service': () => Toolbelt.LpClient()('agentVep', '/emulator/health', { json: true }).then(({ name }) => name),
  'LpClient: no such service': () => Toolbelt.LpClient()('nope', '/', {}),
  'LpClient: no such secret': () => Toolbelt.LpClient()('agentVep', '/', { appKeySecretName: 'absent' }),
  'LpClient: no options': () => Toolbelt.LpClient()('agentVep', '/').then(() => 'answered', (e) => e.constructor.name),

  'getConversationById without an id': () => Toolbelt.ConversationUtil().getConversationById(),
  'getConversationById': () => Toolbelt.ConversationUtil().getConversationById('id'),
  'scan for keywords': () => Toolbelt.ConversationUtil().scanConversationForKeywords(copy(), ['refund', 'my.*d$', 'no']),
  'scan for none': () => Toolbelt.ConversationUtil().scanConversationForKeywords(copy(), []),
  'scan of nothing': () => Toolbelt.ConversationUtil().scanConversationForKeywords(undefined, ['a']),
  'scan for no regular expression': () => Toolbelt.ConversationUtil().scanConversationForKeywords(copy(), ['(']),
  'scan of a message without text': () => Toolbelt.ConversationUtil().scanConversationForKeywords(
    { conversationHistoryRecords: [{ messageRecords: [{ type: 'TEXT_PLAIN', messageData: { msg: {} } }] }] }, ['a'],
  ),
  'attributes of a conversation': () => Toolbelt.SDEUtil().getSDEsFromConv(copy()),
  'attributes of none': () => Toolbelt.SDEUtil().getSDEsFromConv({}),
  'attributes of an empty history': () => Toolbelt.SDEUtil().getSDEsFromConv({ conversationHistoryRecords: [] }),
  'addSDEs of none': () => Toolbelt.SDEUtil().addSDEs([], 'v', 's'),
  addSDEs: () => Toolbelt.SDEUtil().addSDEs([{ type: 'lead' }], 'v', 's'),
  'replace no files': () => Toolbelt.GDPRUtil().replaceConversationFiles(copy(), { username: 'u', password: 'p' }, () => false),
  'replace files of nothing': () => Toolbelt.GDPRUtil().replaceConversationFiles(undefined, { username: 'u', password: 'p' }),
  'replace files': () => Toolbelt.GDPRUtil().replaceConversationFiles(copy(), { username: 'u', password: 'p' }),

  'context without a configuration': () => Toolbelt.ContextServiceClient(),
  'context without a key': () => Toolbelt.ContextServiceClient({ accountId: account }),
  'context without an account': () => Toolbelt.ContextServiceClient({ apiKey: 'key' }),
  'context: built-in namespace': () => context().createNamespace('faas'),
  'context: nameless namespace': () => context().createNamespace(''),
  'context: no time to live': () => context().createNamespace('n', { ttl: 0 }).then(({ name }) => name),
  'context: negative time to live': () => context().createNamespace('n', { ttl: -1 }),
  'context: a namespace': async () => {
    const { name, ttlSecond, createdAt } = await context().createNamespace('orders', { ttl: 60 });
    return [name, ttlSecond, createdAt instanceof Date];
  },
  'context: set': () => context().setPropertiesInNamespace('orders', { a: 1, b: { c: [] } }, 's1'),
  'context: update': () => context().updatePropertiesInNamespace('orders', { a: 'x' }, 's1'),
  'context: the default session': () => context().setPropertiesInNamespace('orders', { d: true }),
  'context: one': () => context().getPropertyInSession('orders', 'b', 's1'),
  'context: a text': () => context().getPropertyInSession('orders', 'a', 's1'),
  'context: some': () => context().getSelectedPropertiesInSession('orders', ['a', 'none'], 's1'),
  'context: none': () => context().getPropertyInSession('orders', 'none', 's1'),
  'context: no namespace': () => context().getAllPropertiesInSession('absent', 's1'),
  'context: sessions': () => context().getListOfSessions('orders'),
  'context: delete one': () => context().deletePropertyInSession('orders', 'a', 's1'),
  'context: delete it again': () => context().deletePropertyInSession('orders', 'a', 's1'),
  'context: delete a session': () => context().deleteSession('orders', 's1'),
  'context: delete a built-in namespace': () => context().deleteNamespace('custom'),
  'context: delete no namespace': () => context().deleteNamespace(''),
  'context: delete a namespace': () => context().deleteNamespace('orders'),
  'context: no key that holds': () => Toolbelt.ContextServiceClient({ apiKey: 'key', accountId: 'nobody' }).getListOfNamespaces(),
};

// LivePerson's local copy ends its process at every answer with an error status, beside rejecting.
process.on('uncaughtException', () => {});

async function main() {
  const outcomes = {};
  for (const [name, call] of Object.entries(CALLS)) {
    try {
      const result = await call();
      outcomes[name] = { result: result === undefined ? null : result };
    } catch ({ code, message, constructor }) {
      outcomes[name] = { error: { type: constructor.name, code, message } };
    }
  }
  process.stdout.write(JSON.stringify(outcomes), () => process.exit(0));
}

main();
