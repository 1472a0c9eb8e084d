create table vtos (
  id text primary key,
  casus_id text not null,
  kind_refs text not null,
  bedreiging text not null,
  hulp_niet_aanvaard text not null,
  zienswijze_ouders text not null,
  zienswijze_kinderen text,
  beschermtafel text,
  opgesteld_door_id text not null,
  opgesteld_op text not null,
  bevestigd_door_id text,
  verzonden_op text,
  bericht_id text,
  verzonden_via text,
  keer_verzonden integer not null,
  ontvangen_op text,
  rapport_op text,
  verzoekt_maatregel integer,
  -- Sent is what a person confirmed and CORV gave a number to.
  check ((verzonden_op is null) = (bericht_id is null)),
  check ((verzonden_op is null) = (bevestigd_door_id is null)),
  check (ontvangen_op is null or verzonden_op is not null),
  check ((rapport_op is null) = (verzoekt_maatregel is null))
);
create index vtos_casus on vtos (casus_id);

create table besluiten (
  id text primary key,
  casus_id text not null,
  kind_refs text not null,
  naar text not null,
  nummer text not null,
  bewijs text not null,
  ontvangen_door_id text not null,
  ontvangen_op text not null
);
-- The same decision that comes in twice is one.
create unique index een_keer_ontvangen on besluiten (casus_id, nummer, naar, kind_refs);
