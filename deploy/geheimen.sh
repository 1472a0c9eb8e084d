#!/bin/sh
# geheimen.sh <map>: passwords for PostgreSQL and RabbitMQ, a file per setting (see --Geheimen). What is there stays.
set -eu
umask 077
cd "$1"

# Nobody but the containers that are in this group (docker-compose.yml) may read them.
groep=2026

nieuw() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }

[ -s postgres ] || nieuw >postgres
[ -s Database ] || printf 'postgres:Host=postgres;Username=netwerkregie;Password=%s' "$(cat postgres)" >Database
if ! [ -s Bus ] || ! [ -s rabbitmq.conf ]; then
  wachtwoord=$(nieuw)
  printf 'amqp://netwerkregie:%s@rabbitmq:5672/' "$wachtwoord" >Bus
  printf 'default_user = netwerkregie\ndefault_pass = %s\nloopback_users = none\n' "$wachtwoord" >rabbitmq.conf
fi
# Not a setting but a key file; compose says to regie where it is.
[ -s webhooks.sleutel ] || head -c 32 /dev/urandom >webhooks.sleutel
chmod 440 postgres Database Bus rabbitmq.conf webhooks.sleutel
chmod 750 .
chown ":$groep" . postgres Database Bus rabbitmq.conf webhooks.sleutel
