// Is each event of the batch on standard input a CloudEvent, to the validator of the CloudEvents project?
import { readFileSync } from 'node:fs';
import { CloudEvent, HTTP } from 'cloudevents';

const batch = JSON.parse(readFileSync(0, 'utf8'));
for (const event of batch) {
  new CloudEvent(event).validate();
  HTTP.toEvent({ headers: { 'content-type': 'application/cloudevents+json' }, body: JSON.stringify(event) }).validate();
}
console.log(batch.length);
