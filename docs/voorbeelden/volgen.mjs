// Follows what happens live, with server-sent events. When the connection drops, EventSource goes on after the last event it had.
//
//   npm install eventsource
//   NETWERKREGIE=https://regie.voorbeeld.nl TOKEN=... NA=0 node volgen.mjs
import { EventSource } from 'eventsource';

const { NETWERKREGIE, TOKEN, NA = '0' } = process.env;
const stream = new EventSource(`${NETWERKREGIE}/v1/gebeurtenissen/stroom?na=${NA}`, {
  fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${TOKEN}` } }),
});
stream.onmessage = message => console.log(message.data);
stream.onerror = error => console.error(error.message ?? 'verbinding verbroken, zo opnieuw');
