'use strict';
// Stack traces as the function's author knows them: with the name of the file that was deployed, and without the frames
// of ours and of Node's that lead to it. They are text wherever they come from: an error's stack, what Node shows of an
// error, a string that the function made of either.

const { indexOf, replaceAll, slice } = require('./language.cjs');

const FRAME = 'at ';
const WAITING = 'node:internal/process/task_queues'; // between a frame and that which awaits it
const MATCHING = '... '; // `... 2 lines matching cause stack trace ...`, as Node shortens one of two stacks

let shownPaths = []; // pairs: a path of ours, what it is shown as
let ours = []; // paths that our frames name

function showAs(pairs, ourPaths) {
  shownPaths = pairs;
  ours = ourPaths;
}

function told(text) {
  let shown = indexOf(text, '    at ') === -1 ? text : withoutUs(text);
  for (let index = 0; index < shownPaths.length; index += 1) {
    shown = replaceAll(shown, shownPaths[index][0], shownPaths[index][1]);
  }
  return shown;
}

// A block of frames may end in ` {`, with what else Node shows of the error in the lines below it.
function withoutUs(text) {
  let done = '';
  let held = ''; // frames of Node, kept where one of the function's follows
  let opens = false; // ` {` stood behind a frame that is gone
  for (let from = 0; from <= text.length;) {
    const end = indexOf(text, '\n', from);
    const to = end === -1 ? text.length : end;
    const line = slice(text, from === 0 ? 0 : from - 1, to); // with the break before it
    const kind = kindOf(line);
    if (kind === 'text' || kind === 'own') {
      if (kind === 'own') done += held;
      else if (opens) done += ' {';
      done += line;
      held = '';
      opens = false;
    } else {
      if (kind === 'node') held += line;
      opens = line[line.length - 1] === '{';
    }
    from = to + 1;
  }
  return done;
}

function kindOf(line) {
  let start = line[0] === '\n' ? 1 : 0;
  const margin = start + 4;
  while (line[start] === ' ') start += 1;
  const word = slice(line, start, start + MATCHING.length);
  if (start < margin || !(indexOf(word, FRAME) === 0 || word === MATCHING)) return 'text';
  for (let index = 0; index < ours.length; index += 1) if (indexOf(line, ours[index]) !== -1) return 'ours';
  if (indexOf(line, WAITING) !== -1) return 'ours';
  return word === MATCHING || indexOf(line, 'node:') !== -1 ? 'node' : 'own';
}

module.exports = { showAs, told };
