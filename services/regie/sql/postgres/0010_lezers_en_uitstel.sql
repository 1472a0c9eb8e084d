-- Who became a reader of a secret afterwards, or is one no longer, and why. The readers of now are in geheimlezers.
create table lezerwijzigingen (
  id uuid primary key,
  geheim_id uuid not null references geheimen (id),
  persoon_id uuid,
  soort text not null check (soort in ('toegevoegd', 'ingetrokken')),
  reden text not null check (reden <> ''),
  door_id uuid not null,
  op timestamptz not null
);
create index lezerwijzigingen_geheim on lezerwijzigingen (geheim_id);

-- Telling the family later, because telling is dangerous: it holds only with a second person, and until an end.
create table kaartuitstellen (
  id uuid primary key,
  casus_id uuid not null references casussen (id) deferrable initially deferred,
  kaderovergang_id uuid not null references kaderovergangen (id) deferrable initially deferred,
  reden text not null check (reden <> ''),
  tot timestamptz not null,
  door_id uuid not null,
  gevraagd_op timestamptz not null,
  akkoord_door_id uuid,
  akkoord_op timestamptz,
  check (tot > gevraagd_op),
  check ((akkoord_op is null) = (akkoord_door_id is null)),
  check (akkoord_door_id <> door_id)
);
create index kaartuitstellen_casus on kaartuitstellen (casus_id);
