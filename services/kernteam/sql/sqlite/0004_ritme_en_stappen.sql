create table ritmes (
  casus_id text not null references kernteams (casus_id),
  versie integer not null,
  soort text not null,
  reden text,
  afgesproken_door_id text not null,
  afgesproken_op text not null,
  primary key (casus_id, versie),
  check (versie = 1 or reden is not null)
);
alter table kernteams add column ritme_vanaf text;

-- A step against the course waits here for a decision, and is never lost.
create table koersstappen (
  id text primary key,
  casus_id text not null references kernteams (casus_id),
  wat text not null,
  tegen_punt integer,
  koers_versie integer,
  gevraagd_door_id text not null,
  gevraagd_op text not null,
  acute_reden text,
  acuut_door_id text,
  acuut_op text,
  besluit_voor text,
  besluit_id text references besluiten (id) deferrable initially deferred,
  is_toegelaten integer,
  check ((tegen_punt is null) = (koers_versie is null)),
  check ((acuut_op is null) = (acute_reden is null)),
  check ((besluit_id is null) = (is_toegelaten is null))
);
create index koersstappen_casus_id on koersstappen (casus_id, gevraagd_op);
