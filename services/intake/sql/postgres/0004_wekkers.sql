-- What this service looks at by itself, and when: a birthday waits here like everything else that waits for an instant.
create table wekkers (
  onderwerp_id uuid not null,
  soort text not null,
  casus_id uuid not null,
  op timestamptz not null,
  primary key (onderwerp_id, soort)
);
create index wekkers_op on wekkers (op);

insert into wekkers (onderwerp_id, soort, casus_id, op)
select id, 'verjaardag', casus_id, volgende_verjaardag_op from betrokkenen where volgende_verjaardag_op is not null;
drop index betrokkenen_verjaardag;
alter table betrokkenen drop column volgende_verjaardag_op;
