-- The answer to a request to see what is recorded, and its postponement. A request of before this is watched as well.
alter table inzageverzoeken add column uitgesteld_op timestamptz;
alter table inzageverzoeken add column uitstel_reden text check ((uitgesteld_op is null) = (uitstel_reden is null));
alter table inzageverzoeken add column besluit text check (besluit in ('verleend', 'deels-geweigerd'));
alter table inzageverzoeken add column geweigerd text not null default '[]';
alter table inzageverzoeken add column beantwoord_door_id uuid check ((besluit is null) = (beantwoord_door_id is null));
alter table inzageverzoeken add column beantwoord_op timestamptz check ((besluit is null) = (beantwoord_op is null));

insert into wekkers (onderwerp_id, soort, casus_id, op)
select id, 'inzage', casus_id, verloopt_op from inzageverzoeken;

-- Where a family moved to, and when; who holds the regie reads it.
create table verhuizingen (
  id uuid primary key,
  casus_id uuid not null,
  gemeente text not null,
  per date not null,
  vastgelegd_door_id uuid not null,
  vastgelegd_op timestamptz not null
);
create index verhuizingen_casus_id on verhuizingen (casus_id);
