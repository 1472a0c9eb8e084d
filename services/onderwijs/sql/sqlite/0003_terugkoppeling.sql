-- A message may answer a report of absence; it never says more than one of three words.
alter table berichten add column verzuim_id text references verzuimmeldingen (id);
alter table berichten add column antwoord text check (antwoord in ('ontvangen', 'in-behandeling', 'geen-actie-nodig'));
