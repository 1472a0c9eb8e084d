-- On what sharing with a school rests: the covenant, or the consent about one child as intake tells it.
alter table betrokken_scholen add column kind_ref text;
alter table betrokken_scholen add column school_sleutel text;

create table toestemmingen (
  id text primary key,
  casus_id text not null,
  persoon_ref text,
  ontvanger_sleutel text,
  vanaf_op text,
  tot_op text
);
create index toestemmingen_casus_id on toestemmingen (casus_id);
