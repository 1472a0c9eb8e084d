create table verzuimmeldingen (
  id uuid primary key,
  school_ref text not null,
  nummer text not null,
  casus_id uuid not null,
  kind_ref text not null,
  uren integer not null,
  lesweken integer not null,
  van date not null,
  tot date not null,
  gemeld_op timestamptz not null,
  unique (school_ref, nummer)
);

create table betrokken_scholen (
  id uuid primary key,
  casus_id uuid not null,
  school_ref text not null,
  mag_verzuimafspraken boolean not null,
  mag_contactpersoon boolean not null,
  vanaf_op timestamptz not null,
  tot_op timestamptz not null,
  betrokken_door_id uuid not null,
  beeindigd_op timestamptz
);
create index betrokken_scholen_casus_id on betrokken_scholen (casus_id);
create index betrokken_scholen_school_ref on betrokken_scholen (school_ref);

create table berichten (
  id uuid primary key,
  betrokken_school_id uuid not null references betrokken_scholen (id),
  contactpersoon_id uuid not null,
  op timestamptz not null
);
create index berichten_betrokken_school_id on berichten (betrokken_school_id);

-- Who holds regie now, as the regie line told; not a second truth about it.
create table regisseurs (
  casus_id uuid primary key,
  regisseur_id uuid not null,
  vanaf timestamptz not null
);
