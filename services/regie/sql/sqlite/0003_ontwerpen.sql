-- A designer's work on a flow: drafts beside the published versions, and who published what.
-- A published version never changes and its number is never used again, because flows run on it.

alter table definities add column is_actueel integer not null default 0;
alter table definities add column gepubliceerd_door text;
-- Of the text of the file that a version came from; a designer's version has none.
alter table definities add column bestand_hash text;
alter table definities add column verwijderd_op text;
update definities set bestand_hash = hash, is_actueel = versie = (select max(d.versie) from definities d where d.definitie_id = definities.definitie_id);
alter table definities drop column hash;
create unique index definities_actueel on definities (definitie_id) where is_actueel;

-- Versions that somebody draws and has not published.
create table ontwerpen (
  definitie_id text not null,
  versie integer not null,
  inhoud text not null,
  begonnen_op text not null,
  bewaard_op text not null,
  bewaard_door text not null,
  primary key (definitie_id, versie)
);
