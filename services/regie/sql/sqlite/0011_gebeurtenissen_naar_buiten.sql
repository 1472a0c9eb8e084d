-- Where each entry of the log stands in the one feed. Given after its commit, in turn, without holes; empty until then.
alter table gebeurtenissen add column positie integer check (positie > 0);
create unique index gebeurtenissen_positie on gebeurtenissen (positie);
create index gebeurtenissen_zonder_positie on gebeurtenissen (casus_id, volgnr) where positie is null;

-- Who is told by webhook, and how far that is.
create table abonnementen (
  id text primary key,
  afnemer_id text not null,
  organisatie text not null,
  adres text not null,
  soorten text not null,
  casus_id text,
  status text not null check (status in ('aangevraagd', 'actief', 'gepauzeerd', 'beeindigd')),
  reden text,
  gewijzigd_op text not null,
  gewijzigd_door_id text,
  positie integer not null,
  pogingen integer not null,
  mislukt_sinds text,
  laatste_fout text,
  volgende_poging_op text not null,
  bezet_tot text not null,
  aangemaakt_op text not null
);
create index abonnementen_lopend on abonnementen (volgende_poging_op) where status in ('aangevraagd', 'actief');

-- What a receiver refused, and what came after it in the same casus.
create table onbezorgd (
  abonnement_id text not null references abonnementen (id),
  positie integer not null references gebeurtenissen (positie),
  casus_id text not null,
  reden text not null,
  sinds text not null,
  is_opnieuw integer not null,
  primary key (abonnement_id, positie)
);

-- How far the exchange of the broker is.
create table publicaties (
  naam text primary key,
  positie integer not null
);
