// A Dapr application that hears what happens: its sidecar asks where to bring what, and brings it as CloudEvents.
//
//   dapr run --app-id dossier --app-port 3000 --resources-path deploy/dapr -- node dapr.mjs
import { createServer } from 'node:http';

const { PORT = '3000', AFNEMER = 'gi' } = process.env;
const subscriptions = [{
  pubsubname: 'netwerkregie',
  topic: 'netwerkregie.gebeurtenissen',
  route: '/gebeurtenissen',
  metadata: { routingKey: `${AFNEMER}.#` },
}];

const server = createServer(async (request, response) => {
  const answer = body => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.method === 'GET' && request.url === '/dapr/subscribe') return answer(subscriptions);
  if (request.method === 'POST' && request.url === '/gebeurtenissen') {
    let body = '';
    for await (const part of request) body += part;
    // The same id may come twice. RETRY instead of SUCCESS asks for it again.
    console.log(JSON.stringify(JSON.parse(body)));
    return answer({ status: 'SUCCESS' });
  }
  response.writeHead(404).end();
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`luistert op ${server.address().port}`));
