// Listens on RabbitMQ with a queue of its own, which keeps what comes while this program is away.
//
//   npm install amqplib
//   RABBITMQ=amqps://gi:...@rabbitmq.voorbeeld.nl AFNEMER=gi QUEUE=gi-dossier node luisteren.mjs
//
// AFNEMER is your name in the file of the region. Behind it may stand what you want: #, regie.#, kaders.gewijzigd.*
import amqp from 'amqplib';

const { RABBITMQ, AFNEMER, QUEUE, WAT = '#' } = process.env;
const exchange = 'netwerkregie.gebeurtenissen';

async function listen() {
  const connection = await amqp.connect(RABBITMQ);
  const closed = new Promise(resolve => connection.on('close', resolve));
  connection.on('error', error => console.error(error.message));
  const channel = await connection.createChannel();
  channel.on('error', error => console.error(error.message));
  await channel.assertQueue(QUEUE, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  await channel.bindQueue(QUEUE, exchange, `${AFNEMER}.${WAT}`);
  await channel.prefetch(50);
  await channel.consume(QUEUE, message => {
    if (message === null) return;
    // The same id may come twice: after a fault somewhere on the way.
    console.log(message.content.toString());
    channel.ack(message);
  });
  console.error('luistert');
  await closed;
}

for (;;) {
  try {
    await listen();
  } catch (error) {
    console.error(error.message);
    // Not allowed to listen there: trying again does not help.
    if (error.code === 403) process.exit(1);
  }
  await new Promise(resolve => setTimeout(resolve, 500));
}
