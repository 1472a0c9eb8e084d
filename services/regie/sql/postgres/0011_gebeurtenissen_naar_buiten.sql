-- Where each entry of the log stands in the one feed. Given after its commit, in turn, without holes; empty until then.
alter table gebeurtenissen add column positie bigint check (positie > 0);
create unique index gebeurtenissen_positie on gebeurtenissen (positie);
create index gebeurtenissen_zonder_positie on gebeurtenissen (casus_id, volgnr) where positie is null;

-- Who is told by webhook, and how far that is.
create table abonnementen (
  id uuid primary key,
  afnemer_id uuid not null,
  organisatie text not null,
  adres text not null,
  soorten text not null,
  casus_id uuid,
  status text not null check (status in ('aangevraagd', 'actief', 'gepauzeerd', 'beeindigd')),
  reden text,
  gewijzigd_op timestamptz not null,
  gewijzigd_door_id uuid,
  positie bigint not null,
  pogingen integer not null,
  mislukt_sinds timestamptz,
  laatste_fout text,
  volgende_poging_op timestamptz not null,
  bezet_tot timestamptz not null,
  aangemaakt_op timestamptz not null
);
create index abonnementen_lopend on abonnementen (volgende_poging_op) where status in ('aangevraagd', 'actief');

-- What a receiver refused, and what came after it in the same casus.
create table onbezorgd (
  abonnement_id uuid not null references abonnementen (id),
  positie bigint not null references gebeurtenissen (positie),
  casus_id uuid not null,
  reden text not null,
  sinds timestamptz not null,
  is_opnieuw boolean not null,
  primary key (abonnement_id, positie)
);

-- How far the exchange of the broker is.
create table publicaties (
  naam text primary key,
  positie bigint not null
);
