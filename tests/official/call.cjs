'use strict';
// One call of LivePerson's invocation client: what it gave, or how it failed, as JSON.
// Arguments: the package, the client's settings, the method, its argument. A `bearer` among the settings stands for an
// own authorisation, instead of the client's OAuth token.

const [folder, settings, method, argument] = process.argv.slice(2);
const { Client } = require(folder);
const { bearer, ...given } = JSON.parse(settings);
const authStrategy = bearer ? async () => `Bearer ${bearer}` : given.authStrategy;
const client = new Client({ ...given, authStrategy, failOnErrorStatusCode: true });

client[method](JSON.parse(argument)).then(
  (value) => tell({ given: value !== null && typeof value === 'object' ? { status: value.status, body: value.body } : value }),
  (error) => {
    let cause = error;
    while (cause.jse_cause && !cause.jse_info?.response) cause = cause.jse_cause;
    const { response } = cause.jse_info ?? {};
    tell({ failed: error.name, ...(response ? { status: response.status, body: response.body } : { because: cause.message }) });
  },
);

function tell(result) {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
