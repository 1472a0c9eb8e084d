-- Running flows that were put on another version: by whom, why, and what became of each of them.

create table migraties (
  id text primary key,
  definitie_id text not null,
  van integer not null,
  naar integer not null,
  reden text not null check (reden <> ''),
  door_id text not null,
  op text not null,
  check (van <> naar),
  foreign key (definitie_id, van) references definities (definitie_id, versie),
  foreign key (definitie_id, naar) references definities (definitie_id, versie)
);

-- A flow moved, and then the state before it and the burst that moved it are kept to go back to; or it stayed, with the reasons.
create table migratie_stromen (
  migratie_id text not null references migraties (id),
  stroom_id text not null references stromen (id),
  casus_id text not null,
  op text not null,
  redenen text not null,
  toestand_voor text,
  burst integer,
  terug_op text,
  terug_door_id text,
  terug_reden text,
  primary key (migratie_id, stroom_id),
  check ((toestand_voor is null) = (burst is null)),
  check ((toestand_voor is null) = (redenen <> '[]')),
  check (terug_op is null or toestand_voor is not null),
  check ((terug_op is null) = (terug_door_id is null) and (terug_op is null) = (terug_reden is null))
);
create index migratie_stromen_stroom on migratie_stromen (stroom_id);

-- Who runs on a version, and who waits for whom: asked for each flow that moves.
create index stromen_versie on stromen (definitie_id, versie);
create index stromen_ouder on stromen (ouder_id) where ouder_id is not null;
