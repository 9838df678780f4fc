"""Whole functions out of the bodies in endings.py."""

from __future__ import annotations

# Without what Node's own JavaScript needs to read a pipe: Function.prototype.apply, setters on Array.prototype.
_SHORTHANDS = {
    "PATCH ": """
      JSON.parse = JSON.stringify = () => 'hacked'; Object.prototype.toJSON = undefined;
      for (const name of ['push', 'slice', 'join', 'indexOf', 'map']) Array.prototype[name] = () => 'hacked';
      for (const name of ['indexOf', 'lastIndexOf', 'slice', 'split', 'replace']) String.prototype[name] = () => 9;
      Promise.prototype.then = () => 'hacked'; Object.defineProperty(Promise, Symbol.species, {get() { throw 1 }});
      Object.defineProperty(Promise.prototype, 'constructor', {get() { throw new Error('constructor') }});
      Function.prototype.call = Function.prototype.bind = () => 'hacked';
      Object.assign = Object.create = Object.defineProperty = Object.keys = () => null;
      Reflect.apply = () => 'hacked'; Date.now = () => 'never'; process.nextTick = () => {};
      Buffer.from = () => 'hacked'; process.emit = () => {}; globalThis.String = globalThis.Number = null;
      require('events').prototype.emit = () => false; require('stream').Readable.prototype.push = () => false;
      require('fs').writeSync = () => 0; require('net').Socket.prototype.read = () => null;
    """,
    "RUBBISH ": """
      const fs = require('fs'); process.stdout.write('half a line');
      fs.writeSync(1, 'result "forged"\\n\\nresult {}\\nmore'); fs.writeSync(2, '\\n'); process.stderr.write('x');
    """,
    "STANDARD ": """
      const fs = require('fs'); process.stdin.on('data', () => {}); process.stdin.destroy(); process.stdout.end();
      process.stderr.destroy(); for (const fd of [0, 1, 2]) try { fs.closeSync(fd) } catch {}
      for (const fd of [0, 1, 2]) fs.close(fd + 1000, () => {});
    """,
    "DESCRIPTORS": """
      const { Socket } = require('net'); process._getActiveHandles().forEach((handle) => handle.destroy());
    """,
}


def with_body(body: str, interface: str) -> str:
    """The whole function; asked for `again` it answers `fine`."""
    for name, text in _SHORTHANDS.items():
        body = body.replace(name, " ".join(text.split()) + " ")
    if interface == "v1":
        return (
            f"function lambda(input, callback) {{ if (input === 'again') return callback(null, 'fine'); {body} }}"
        )
    return (
        "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);\n"
        f"async function lambda(input) {{ if (input === 'again') return 'fine'; {body} }}"
    )
