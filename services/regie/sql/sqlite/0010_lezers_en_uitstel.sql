-- Who became a reader of a secret afterwards, or is one no longer, and why. The readers of now are in geheimlezers.
create table lezerwijzigingen (
  id text primary key,
  geheim_id text not null references geheimen (id),
  persoon_id text,
  soort text not null check (soort in ('toegevoegd', 'ingetrokken')),
  reden text not null check (reden <> ''),
  door_id text not null,
  op text not null
);
create index lezerwijzigingen_geheim on lezerwijzigingen (geheim_id);

-- Telling the family later, because telling is dangerous: it holds only with a second person, and until an end.
create table kaartuitstellen (
  id text primary key,
  casus_id text not null references casussen (id) deferrable initially deferred,
  kaderovergang_id text not null references kaderovergangen (id) deferrable initially deferred,
  reden text not null check (reden <> ''),
  tot text not null,
  door_id text not null,
  gevraagd_op text not null,
  akkoord_door_id text,
  akkoord_op text,
  check (tot > gevraagd_op),
  check ((akkoord_op is null) = (akkoord_door_id is null)),
  check (akkoord_door_id <> door_id)
);
create index kaartuitstellen_casus on kaartuitstellen (casus_id);
