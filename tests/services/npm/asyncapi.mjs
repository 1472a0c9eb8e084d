// Is the document on standard input AsyncAPI, to the parser of the AsyncAPI project?
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';

const { document, diagnostics } = await new Parser().parse(readFileSync(0, 'utf8'));
const errors = diagnostics.filter(d => d.severity === 0);
for (const { path, message } of errors) console.error(`${path.join('.')}: ${message}`);
if (!document || errors.length) process.exit(1);
console.log(document.allMessages().length);
