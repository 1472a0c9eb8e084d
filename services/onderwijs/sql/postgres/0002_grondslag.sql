-- On what sharing with a school rests: the covenant, or the consent about one child as intake tells it.
alter table betrokken_scholen add column kind_ref text;
alter table betrokken_scholen add column school_sleutel uuid;

create table toestemmingen (
  id uuid primary key,
  casus_id uuid not null,
  persoon_ref text,
  ontvanger_sleutel uuid,
  vanaf_op timestamptz,
  tot_op timestamptz
);
create index toestemmingen_casus_id on toestemmingen (casus_id);
