'use strict';
// All that is looked for beyond what the platform asks of code that it saves.

const { callbackProblems, missedCallbacks } = require('./callbacks.cjs');
const { consoleProblems } = require('./console.cjs');
const { evalProblems, madeFunctions } = require('./dynamic_code.cjs');
const { interfaceProblems } = require('./interfaces.cjs');
const { answerProblems, promiseProblems } = require('./promises.cjs');
const { replies } = require('./replies.cjs');
const { timerProblems } = require('./timers.cjs');
const { hosts, modules, variables } = require('./uses.cjs');

const RULES = [
  consoleProblems, evalProblems, madeFunctions, interfaceProblems, answerProblems, promiseProblems, timerProblems,
  (program, { platform, certain, lambda }) => (platform === 'v1' && certain ? callbackProblems(program, lambda) : []),
  (program, { platform, lambda }) => (platform === 'v1' ? missedCallbacks(program, lambda) : []),
];

// `context`: {platform, certain (whether the account is known to be of it), lambda (its function or null), console}.
function review(program, context) {
  const found = (rule) => unlessTooDeep(() => rule(program, context));
  return {
    problems: RULES.flatMap(found), replies: found(replies), modules: found(modules), hosts: found(hosts),
    variables: found(variables),
  };
}

// A rule that meets code nested beyond our stack finds nothing.
function unlessTooDeep(look) {
  try {
    return look();
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

module.exports = { review };
