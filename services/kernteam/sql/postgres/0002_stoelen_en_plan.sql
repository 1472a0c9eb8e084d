-- What this service looks at by itself, and when.
create table wekkers (
  onderwerp_id uuid not null,
  soort text not null,
  casus_id uuid not null,
  op timestamptz not null,
  primary key (onderwerp_id, soort)
);
create index wekkers_op on wekkers (op);

alter table kernteams add column ingesteld_op timestamptz;
alter table kernteams add column actief_op timestamptz;
alter table kernteams add column heropend_op timestamptz;
alter table kernteams add column stoel_versie integer not null default 0;

alter table stoelen add column soort text not null default 'beroepskracht';
alter table stoelen add column organisatie text;
alter table stoelen add column vervanger_id uuid;
alter table stoelen add column uren_per_week numeric;
alter table stoelen add column mandaat text;
alter table stoelen add column gedekt_door_id uuid;
alter table stoelen add column gedekt_op timestamptz;

create table gezinsgesprekken (
  id uuid primary key,
  casus_id uuid not null references kernteams (casus_id),
  gevoerd_op timestamptz not null,
  wie_helpt_nu text not null,
  wie_hielp_eerder text not null,
  netwerk text not null,
  wie_denkt_mee text not null,
  kernvraag text not null,
  vastgelegd_door_id uuid not null,
  vastgelegd_op timestamptz not null
);
create index gezinsgesprekken_casus_id on gezinsgesprekken (casus_id, gevoerd_op);

create table opgaven (
  casus_id uuid not null references kernteams (casus_id),
  versie integer not null,
  tekst text not null,
  reden text,
  vastgesteld_door_id uuid not null,
  vastgesteld_op timestamptz not null,
  primary key (casus_id, versie),
  check (versie = 1 or reden is not null)
);

alter table plannen add column herijken_voor timestamptz;
alter table plannen add column zelfde_doel text;
alter table plannen add column bijdragen_kloppen text;
alter table plannen add column anderen_nodig text;

create table themas (
  casus_id uuid not null,
  versie integer not null,
  nummer integer not null,
  titel text not null,
  bijdrage text not null,
  eigenaar text not null,
  toegezegd_op timestamptz,
  toegezegd_door_id uuid,
  primary key (casus_id, versie, nummer),
  foreign key (casus_id, versie) references plannen (casus_id, versie) deferrable initially deferred
);

alter table bijeenkomsten add column soort text not null default 'voortgang';
alter table bijeenkomsten add column met_rvt boolean not null default false;

create table agendapunten (
  id uuid primary key,
  casus_id uuid not null,
  bijeenkomst_id uuid not null references bijeenkomsten (id) deferrable initially deferred,
  gast_id uuid not null,
  onderdeel text not null,
  gehouden_op timestamptz not null
);
create index agendapunten_gast on agendapunten (casus_id, gast_id);

-- Only that it happened, so that it is on the table; what it was is with veiligheid.
create table incidenten (
  id uuid primary key,
  casus_id uuid not null,
  gemeld_op timestamptz not null,
  besproken_in uuid
);
create index incidenten_casus_id on incidenten (casus_id, gemeld_op);

alter table acties add column wie text;
alter table acties add column vlottrekker text;
alter table acties add column te_laat_op timestamptz;
