create table besluiten (
  id uuid primary key,
  casus_id uuid not null references kernteams (casus_id),
  genomen_op timestamptz not null,
  tekst text not null,
  lichtere_weg text not null,
  gezin_erbij boolean not null,
  reden_zonder_gezin text,
  vastgelegd_door_id uuid not null,
  vastgelegd_op timestamptz not null,
  check (gezin_erbij or reden_zonder_gezin is not null)
);
create index besluiten_casus_id on besluiten (casus_id, genomen_op);

create table stemmen (
  besluit_id uuid not null references besluiten (id) deferrable initially deferred,
  casus_id uuid not null,
  stoel text not null,
  is_voor boolean not null,
  opmerking text,
  primary key (besluit_id, stoel),
  check (is_voor or opmerking is not null)
);
create index stemmen_casus_id on stemmen (casus_id);
