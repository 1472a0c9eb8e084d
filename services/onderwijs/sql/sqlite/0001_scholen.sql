create table verzuimmeldingen (
  id text primary key,
  school_ref text not null,
  nummer text not null,
  casus_id text not null,
  kind_ref text not null,
  uren integer not null,
  lesweken integer not null,
  van text not null,
  tot text not null,
  gemeld_op text not null,
  unique (school_ref, nummer)
);

create table betrokken_scholen (
  id text primary key,
  casus_id text not null,
  school_ref text not null,
  mag_verzuimafspraken integer not null,
  mag_contactpersoon integer not null,
  vanaf_op text not null,
  tot_op text not null,
  betrokken_door_id text not null,
  beeindigd_op text
);
create index betrokken_scholen_casus_id on betrokken_scholen (casus_id);
create index betrokken_scholen_school_ref on betrokken_scholen (school_ref);

create table berichten (
  id text primary key,
  betrokken_school_id text not null references betrokken_scholen (id),
  contactpersoon_id text not null,
  op text not null
);
create index berichten_betrokken_school_id on berichten (betrokken_school_id);

-- Who holds regie now, as the regie line told; not a second truth about it.
create table regisseurs (
  casus_id text primary key,
  regisseur_id text not null,
  vanaf text not null
);
