-- Handing over in need, mediation of a knelpunt, and waits for one of several people.

create table noodoverdrachten (
  id uuid primary key,
  casus_id uuid not null references casussen (id) deferrable initially deferred,
  van_id uuid not null,
  naar_id uuid not null,
  door_id uuid not null,
  status text not null,
  reden text not null check (reden <> ''),
  bewijs text not null check (bewijs <> ''),
  gemeld_op timestamptz not null,
  vanaf timestamptz,
  herstel_voor timestamptz,
  gesprek_beeindigd_op timestamptz,
  gezin_aanwezig boolean,
  reden_afwezig text,
  afgesloten_op timestamptz
);
create index noodoverdrachten_casus on noodoverdrachten (casus_id);

alter table teams add column contactpersonen text not null default '[]';
alter table wachtpunten add column voor_ids text;
alter table knelpunten add column overdracht_id uuid;
alter table knelpunten add column ander_team_id text;
alter table knelpunten add column overbrugging text;
alter table knelpunten add column bemiddelaar_ids text not null default '[]';
alter table knelpunten add column bemiddeling_voor timestamptz;

-- What the next regisseur has to know from the first day, and when she read it.
create table dossier_secties (
  overdracht_id uuid not null references overdrachten (id),
  sectie text not null,
  tekst text not null check (tekst <> ''),
  geschreven_door_id uuid not null,
  geschreven_op timestamptz not null,
  gelezen_op timestamptz,
  primary key (overdracht_id, sectie)
);
alter table overdrachten add column reden_ongelezen text;
alter table overdrachten add column samenvatting_klopt boolean;
alter table overdrachten add column samenvatting_besproken_op timestamptz;
alter table overdrachten add column samenvatting_toelichting text;

-- Acts that their sender numbered: one that comes twice counts once, one that comes too early waits for what goes before.
create table handelingen (
  casus_id uuid not null references casussen (id),
  volgnummer integer not null,
  id uuid not null unique,
  na integer check (na < volgnummer),
  soort text not null,
  overdracht_id uuid,
  inhoud text not null,
  door_id uuid not null,
  door_rol text not null,
  door_organisatie text not null,
  ontvangen_op timestamptz not null,
  status text not null,
  antwoord text,
  primary key (casus_id, volgnummer)
);
alter table overdrachten add column kennisgemaakt_op timestamptz;

-- Lanes next to regie, never regie themselves: at most one person at a time in each.
create table banen (
  casus_id uuid not null references casussen (id) deferrable initially deferred,
  baan text not null check (baan in ('vast-gezicht', 'procesregie')),
  volgnr integer not null check (volgnr > 0),
  persoon_id uuid not null,
  reden text not null check (reden <> ''),
  door_id uuid,
  vanaf timestamptz not null,
  tot timestamptz check (tot > vanaf),
  primary key (casus_id, baan, volgnr)
);
create unique index een_persoon_per_baan on banen (casus_id, baan) where tot is null;

alter table professionals add column uit_dienst_op timestamptz;
alter table professionals add column uit_dienst_reden text;

-- The proof of an acute step up comes afterwards; a step down says how the family can come back.
alter table opschalingen add column bewijs_voor timestamptz;
alter table opschalingen add column bewijs_op timestamptz;
create table afschalingen (
  id uuid primary key,
  casus_id uuid not null references casussen (id) deferrable initially deferred,
  van text not null,
  naar text not null,
  resultaat text not null,
  terugkomweg text not null check (terugkomweg <> ''),
  met_nazorg boolean not null,
  door_id uuid not null,
  gevraagd_op timestamptz not null
);
create index afschalingen_casus on afschalingen (casus_id);

alter table vervangingen add column voorgesteld_op timestamptz;
alter table vervangingen add column terugkeer_gepland_op timestamptz;
