-- The family of a casus as intake tells it, what is kept from others, who read what, and that there is something to read.
create table betrokkenen (
  id uuid primary key,
  casus_id uuid not null,
  persoon_id uuid not null,
  relatie text not null,
  ref text not null,
  tot_op timestamptz
);
create index betrokkenen_persoon on betrokkenen (persoon_id, casus_id);
create index betrokkenen_casus on betrokkenen (casus_id);

create table geheimen (
  id uuid primary key,
  casus_id uuid not null references casussen (id),
  naam text not null,
  reden text not null,
  regisseur_leest boolean not null,
  gezet_door_id uuid not null,
  gezet_op timestamptz not null
);
create index geheimen_casus on geheimen (casus_id);

create table geheimlezers (
  geheim_id uuid not null references geheimen (id),
  persoon_id uuid not null,
  primary key (geheim_id, persoon_id)
);
create index geheimlezers_persoon on geheimlezers (persoon_id);

create table geheimstukken (
  id uuid primary key,
  geheim_id uuid not null references geheimen (id),
  tekst text not null,
  vastgelegd_door_id uuid not null,
  vastgelegd_op timestamptz not null
);
create index geheimstukken_geheim on geheimstukken (geheim_id);

create table geheimopeningen (
  stuk_id uuid not null references geheimstukken (id),
  persoon_id uuid not null,
  geopend_door_id uuid not null,
  geopend_op timestamptz not null,
  primary key (stuk_id, persoon_id)
);
create index geheimopeningen_persoon on geheimopeningen (persoon_id);

create table inzagen (
  id uuid primary key,
  casus_id uuid not null,
  geheim_id uuid references geheimen (id),
  persoon_id uuid not null,
  rol text not null,
  organisatie text not null,
  doel text not null,
  wat text not null,
  gelezen_op timestamptz not null
);
create index inzagen_casus on inzagen (casus_id, gelezen_op);

create table gezinsberichten (
  id uuid primary key,
  casus_id uuid not null,
  gestuurd_op timestamptz not null
);
create index gezinsberichten_casus on gezinsberichten (casus_id);
