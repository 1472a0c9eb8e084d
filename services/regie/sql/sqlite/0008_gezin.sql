-- The family of a casus as intake tells it, what is kept from others, who read what, and that there is something to read.
create table betrokkenen (
  id text primary key,
  casus_id text not null,
  persoon_id text not null,
  relatie text not null,
  ref text not null,
  tot_op text
);
create index betrokkenen_persoon on betrokkenen (persoon_id, casus_id);
create index betrokkenen_casus on betrokkenen (casus_id);

create table geheimen (
  id text primary key,
  casus_id text not null references casussen (id),
  naam text not null,
  reden text not null,
  regisseur_leest integer not null,
  gezet_door_id text not null,
  gezet_op text not null
);
create index geheimen_casus on geheimen (casus_id);

create table geheimlezers (
  geheim_id text not null references geheimen (id),
  persoon_id text not null,
  primary key (geheim_id, persoon_id)
);
create index geheimlezers_persoon on geheimlezers (persoon_id);

create table geheimstukken (
  id text primary key,
  geheim_id text not null references geheimen (id),
  tekst text not null,
  vastgelegd_door_id text not null,
  vastgelegd_op text not null
);
create index geheimstukken_geheim on geheimstukken (geheim_id);

create table geheimopeningen (
  stuk_id text not null references geheimstukken (id),
  persoon_id text not null,
  geopend_door_id text not null,
  geopend_op text not null,
  primary key (stuk_id, persoon_id)
);
create index geheimopeningen_persoon on geheimopeningen (persoon_id);

create table inzagen (
  id text primary key,
  casus_id text not null,
  geheim_id text references geheimen (id),
  persoon_id text not null,
  rol text not null,
  organisatie text not null,
  doel text not null,
  wat text not null,
  gelezen_op text not null
);
create index inzagen_casus on inzagen (casus_id, gelezen_op);

create table gezinsberichten (
  id text primary key,
  casus_id text not null,
  gestuurd_op text not null
);
create index gezinsberichten_casus on gezinsberichten (casus_id);
