'use strict';
// Reads function code without running it. One JSON request a line on stdin, one JSON answer a line on stdout.

const { compile, parse, syntaxProblem } = require('./parsing.cjs');
const { guess, interfaceOf, lambdaProblems, survey, topLevelFunctions } = require('./lambda.cjs');
const { Program } = require('./tree.cjs');

// What the platform asks when code is saved (functions-api §10), and with `review` all that can be told beforehand.
// `interface` is what is asked for; `platform` is the account's generation, as far as it is known.
function inspect({ code: text, interface: wanted, review, platform, console: methods, instead }) {
  const code = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const asModule = parse(code, 'module');
  const asScript = asModule.tree ? {} : parse(code, 'script');
  const tree = asModule.tree || asScript.tree || null;
  const program = tree === null ? null : new Program(tree);
  const facts = program === null ? guess(code) : survey(program);
  const functions = program === null ? new Map() : topLevelFunctions(program);
  const interfaceName = wanted || interfaceOf(facts, functions, program);
  let module = 'esm';
  if (!facts.esm && (facts.commonjs || interfaceName === 'v1')) module = 'commonjs';
  const problems = [];
  const error = compile(code, module);
  if (error !== null) problems.push(syntaxProblem(error, asModule.error || asScript.error));
  const answer = { problems, interface: interfaceName, module };
  if (program === null) return answer;
  problems.push(...lambdaProblems(program, functions, interfaceName));
  const { fn: lambda = null } = functions.get('lambda') || {};
  if (review) {
    const known = platform || wanted;
    const context = { platform: known || interfaceName, certain: Boolean(known), lambda };
    const { problems: found, ...uses } = require('./review/review.cjs')
      .review(program, { ...context, console: methods, instead });
    problems.push(...found);
    Object.assign(answer, uses);
  } else {
    problems.push(...saving(program, lambda, wanted));
    if (methods !== null) {
      problems.push(...require('./review/console.cjs').consoleProblems(program, { console: methods }));
    }
  }
  problems.sort((one, two) => one.line - two.line || one.column - two.column);
  return answer;
}

function saving(program, lambda, wanted) {
  const { evalProblems } = require('./review/dynamic_code.cjs');
  const { callbackProblems } = require('./review/callbacks.cjs');
  return [...evalProblems(program), ...(wanted === 'v1' ? callbackProblems(program, lambda) : [])];
}

let rest = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  for (const line of lines) {
    const answer = { node: process.versions.node, ...inspect(JSON.parse(line)) };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
});
setImmediate(() => require('./review/review.cjs')); // while whoever started us is still busy
