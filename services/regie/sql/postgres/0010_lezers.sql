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
