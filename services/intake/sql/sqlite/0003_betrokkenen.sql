-- Who belongs to the family of a casus, who has custody, and what is shared on which basis.
create table betrokkenen (
  id text primary key,
  casus_id text not null,
  persoon_id text,
  ref text not null,
  relatie text not null check (relatie in ('jongere', 'ouder', 'verzorger', 'netwerk')),
  twaalf_op text check ((relatie = 'jongere') = (twaalf_op is not null)),
  volgende_verjaardag_op text,
  vastgelegd_door_id text not null,
  vanaf_op text not null,
  tot_op text,
  tot_reden text check ((tot_op is null) = (tot_reden is null))
);
create unique index betrokkenen_ref on betrokkenen (casus_id, ref) where tot_op is null;
create index betrokkenen_verjaardag on betrokkenen (volgende_verjaardag_op) where volgende_verjaardag_op is not null;

-- Each look in the register; the last one counts.
create table gezag (
  id text primary key,
  betrokkene_id text not null references betrokkenen (id),
  kind_ref text not null,
  heeft_gezag integer not null,
  bron text not null,
  nagegaan_op text not null,
  vastgelegd_door_id text not null,
  vastgelegd_op text not null
);
create index gezag_betrokkene_id on gezag (betrokkene_id);

alter table toestemmingen add column ondertekenaars text not null default '';
alter table toestemmingen add column vanaf_op text;
alter table toestemmingen add column herbevestigen_sinds text;
alter table toestemmingen add column delen_tot text;
alter table toestemmingen add column vervangen_op text;

create table verstrekkingen (
  id text primary key,
  casus_id text not null,
  persoon_ref text not null,
  doel text not null,
  gegevens text not null,
  ontvanger text not null,
  ontvanger_sleutel text not null,
  inhoud text not null,
  grond text not null check (grond in ('toestemming', 'wet')),
  artikel text check ((grond = 'wet') = (artikel is not null)),
  reden text,
  gevraagd_door_id text not null,
  gevraagd_op text not null,
  status text not null check (status in ('wacht', 'geleverd', 'onderdrukt')),
  toestemming_id text references toestemmingen (id),
  geleverd_op text check ((status = 'geleverd') = (geleverd_op is not null)),
  onderdrukt_op text check ((status = 'onderdrukt') = (onderdrukt_op is not null))
);
create index verstrekkingen_casus_id on verstrekkingen (casus_id);
create index verstrekkingen_ontvanger on verstrekkingen (ontvanger_sleutel);
