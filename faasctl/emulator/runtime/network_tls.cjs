'use strict';
// The emulator speaks plain HTTP. What the function would encrypt for a host of LivePerson goes there as it is, over a
// socket that looks encrypted to the client that asked for it.

const net = require('net');
const tls = require('tls');

const { apply } = Reflect;
const { assign } = Object;
const { nextTick } = process;
const { Socket, _normalizeArgs: normalize } = net;
const connectTls = tls.connect;

const led = new WeakSet(); // sockets that lead to the emulator
const isLed = led.has.bind(led);
const markLed = led.add.bind(led);

const LOOKS = {
  encrypted: true,
  authorized: true,
  authorizationError: null,
  alpnProtocol: false,
  disableRenegotiation() {},
  getCertificate: () => ({}),
  getCipher: () => ({ name: 'TLS_AES_256_GCM_SHA384', standardName: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' }),
  getEphemeralKeyInfo: () => ({}),
  getPeerCertificate: () => ({}),
  getProtocol: () => 'TLSv1.3',
  getSession: () => undefined,
  isSessionReused: () => false,
  setMaxSendFragment: () => true,
  setSession() {},
};

// As tls.connect reads them: (options), (port, host, options), each with a callback at the end.
function read(args) {
  const [options, done] = normalize(args);
  const last = [args[1], args[2]].find((value) => typeof value === 'object' && value !== null);
  return [assign({}, options, last), done];
}

function secure(socket, { servername, timeout }, done) {
  assign(socket, LOOKS, { servername: servername || false });
  if (timeout) socket.setTimeout(timeout);
  if (done) socket.once('secureConnect', done);
  const announce = () => {
    socket.emit('secure');
    socket.emit('secureConnect');
  };
  if (socket.connecting) socket.once('connect', announce);
  else nextTick(announce);
  return socket;
}

// tls.connect for a process whose connections to some hosts lead to the emulator: `leads(host, port)` says which.
function connecting(leads) {
  return function connect(...args) {
    const [options, done] = read(args);
    const { socket: carrier } = options;
    if (carrier) return isLed(carrier) ? secure(carrier, options, done) : apply(connectTls, this, args);
    if (options.path || !leads(options.host || 'localhost', Number(options.port))) return apply(connectTls, this, args);
    const { allowHalfOpen, signal } = options;
    const socket = new Socket({ allowHalfOpen, signal });
    socket.connect(options);
    return secure(socket, options, done);
  };
}

module.exports = { connecting, lead: markLed };
