'use strict';
// Files of a conversation, replaced in the file store (service `swift`; the local platform has none).

const { GDPRUtil } = require('./codes.cjs');
const { send } = require('./exchange.cjs');
const { filesOf } = require('./transcripts.cjs');

// One transparent pixel.
const pixel = {
  contentType: 'image/png',
  get body() {
    return Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64',
    );
  },
};

/** The paths of the files that were replaced. Throws what `fail(code, message, cause)` makes. */
exports.replaceFiles = async (services, conversation, { username, password }, wanted, file, fail) => {
  if (!conversation) throw fail(GDPRUtil.General, 'Please provide conversation object.');
  const paths = filesOf(conversation, wanted || (() => true));
  const { body, contentType } = file || pixel;
  await Promise.all(paths.map(async (path) => {
    const failed = (code, message) => fail(code, `Unable to replace image ${path}: ${message}`);
    let host;
    try {
      host = await services.get('swift');
    } catch (error) {
      throw failed(error.code, error.message);
    }
    const token = await signIn(host, username, password, failed);
    const answer = await sent(
      { url: `https://${host}${path}`, method: 'PUT', headers: { 'content-type': contentType, 'x-auth-token': token }, body },
      (message) => failed(GDPRUtil.ReplaceFileFailure, message),
    );
    if (answer.statusCode >= 300) throw failed(GDPRUtil.ReplaceFileFailure, `the file store answered ${answer.statusCode}`);
  }));
  return paths;
};

async function signIn(host, username, password, failed) {
  const headers = { 'X-Auth-User': username, 'X-Auth-Key': password };
  const refused = (message) => failed(GDPRUtil.AuthFailure, `Unable to authorize at Swift: ${message}`);
  const answer = await sent({ url: `https://${host}/auth/v1.0`, headers }, refused);
  if (answer.statusCode >= 300) throw refused(`the file store answered ${answer.statusCode}`);
  return answer.headers['x-auth-token'];
}

async function sent(request, failed) {
  try {
    return await send({ timeout: 10_000, ...request });
  } catch (error) {
    throw failed(error.message);
  }
}
