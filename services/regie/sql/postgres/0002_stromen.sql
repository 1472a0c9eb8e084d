-- Running flows. Everything that a burst changes is in this database, so it commits with the lines.

create table definities (
  definitie_id text not null,
  versie integer not null,
  inhoud text not null,
  hash text not null,
  gepubliceerd_op timestamptz not null,
  primary key (definitie_id, versie)
);

create table stromen (
  id uuid primary key,
  casus_id uuid not null,
  definitie_id text not null,
  versie integer not null,
  status text not null,
  toestand text not null,
  ouder_id uuid,
  ouder_wachtpunt text,
  storingen integer not null,
  laatste_burst integer not null,
  gestart_op timestamptz not null,
  bijgewerkt_op timestamptz not null,
  afgerond_op timestamptz,
  foreign key (definitie_id, versie) references definities (definitie_id, versie)
);
create index stromen_casus on stromen (casus_id);

-- Where a flow waits: for whom, since when, until when, who can unblock it, and how it can go on.
create table wachtpunten (
  stroom_id uuid not null references stromen (id) deferrable initially deferred,
  bookmark text not null,
  id uuid not null unique,
  casus_id uuid not null,
  stap text not null,
  activiteit_id text not null,
  titel text not null,
  sleutel text,
  voor_rol text,
  voor_id uuid,
  vlottrekker text,
  uitgangen text not null,
  sinds timestamptz not null,
  verloopt_op timestamptz,
  pogingen integer not null,
  afgehandeld_op timestamptz,
  uitgang text,
  primary key (stroom_id, bookmark)
);
create index wachtpunten_verloopt on wachtpunten (verloopt_op) where afgehandeld_op is null and verloopt_op is not null;
create index wachtpunten_casus on wachtpunten (casus_id) where afgehandeld_op is null;
create index wachtpunten_voor_id on wachtpunten (voor_id) where afgehandeld_op is null;
create index wachtpunten_voor_rol on wachtpunten (voor_rol) where afgehandeld_op is null;

-- One row per burst: what the engine did, in order.
create table journaal (
  stroom_id uuid not null references stromen (id) deferrable initially deferred,
  burst integer not null,
  op timestamptz not null,
  regels text not null,
  primary key (stroom_id, burst)
);
