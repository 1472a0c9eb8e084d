-- Who holds the regie of a casus now: only they read what belongs to it.
create table regisseurs (
  casus_id text primary key,
  regisseur_id text not null,
  vanaf text not null
);
