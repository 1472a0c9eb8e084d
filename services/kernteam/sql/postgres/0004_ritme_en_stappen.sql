create table ritmes (
  casus_id uuid not null references kernteams (casus_id),
  versie integer not null,
  soort text not null,
  reden text,
  afgesproken_door_id uuid not null,
  afgesproken_op timestamptz not null,
  primary key (casus_id, versie),
  check (versie = 1 or reden is not null)
);
alter table kernteams add column ritme_vanaf timestamptz;

-- A step against the course waits here for a decision, and is never lost.
create table koersstappen (
  id uuid primary key,
  casus_id uuid not null references kernteams (casus_id),
  wat text not null,
  tegen_punt integer,
  koers_versie integer,
  gevraagd_door_id uuid not null,
  gevraagd_op timestamptz not null,
  acute_reden text,
  acuut_door_id uuid,
  acuut_op timestamptz,
  besluit_voor timestamptz,
  besluit_id uuid references besluiten (id) deferrable initially deferred,
  is_toegelaten boolean,
  check ((tegen_punt is null) = (koers_versie is null)),
  check ((acuut_op is null) = (acute_reden is null)),
  check ((besluit_id is null) = (is_toegelaten is null))
);
create index koersstappen_casus_id on koersstappen (casus_id, gevraagd_op);
