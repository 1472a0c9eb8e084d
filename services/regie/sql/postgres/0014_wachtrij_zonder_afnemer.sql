-- Queues that a living service takes nothing from, as its sign of life told: names with a space between them.
alter table diensten add column zonder_afnemer text;
alter table diensten add column zonder_afnemer_sinds timestamptz;
