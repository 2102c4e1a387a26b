#!/bin/sh
# Starts Postgres as the official image does, for the settings that matter here: POSTGRES_USER, POSTGRES_PASSWORD
# (or _FILE), POSTGRES_DB, POSTGRES_INITDB_ARGS, PGDATA and /docker-entrypoint-initdb.d. It runs as its own user.
set -eu

case "${1:-postgres}" in
  -*) set -- postgres "$@" ;;
esac
if [ "${1:-postgres}" != postgres ]; then
  exec "$@"
fi
[ $# -gt 0 ] || set -- postgres

PGDATA="${PGDATA:-/var/lib/postgresql/data}"
export PGDATA
POSTGRES_USER="${POSTGRES_USER:-postgres}"
POSTGRES_DB="${POSTGRES_DB:-$POSTGRES_USER}"
if [ -n "${POSTGRES_PASSWORD_FILE:-}" ]; then
  POSTGRES_PASSWORD="$(cat "$POSTGRES_PASSWORD_FILE")"
fi

run_files() {
  for file in /docker-entrypoint-initdb.d/*; do
    case "$file" in
      *.sh) echo "running $file"; if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) echo "running $file"; psql -v ON_ERROR_STOP=1 -X -U "$POSTGRES_USER" -d "$POSTGRES_DB" -f "$file" ;;
    esac
  done
}

make_database() {
  if [ -z "${POSTGRES_PASSWORD:-}" ]; then
    echo "POSTGRES_PASSWORD is not set: a database without a password is not made." >&2
    exit 1
  fi
  password_file="$(mktemp)"
  printf '%s\n' "$POSTGRES_PASSWORD" >"$password_file"
  # shellcheck disable=SC2086
  initdb -D "$1" -U "$POSTGRES_USER" --pwfile="$password_file" --auth-local=trust --auth-host=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 ${POSTGRES_INITDB_ARGS:-}
  rm -f "$password_file"
  printf "\nlisten_addresses = '*'\n" >>"$1/postgresql.conf"
  printf '\nhost all all all scram-sha-256\n' >>"$1/pg_hba.conf"
  pg_ctl -D "$1" -w -o "-c listen_addresses=''" start
  if [ "$POSTGRES_DB" != postgres ]; then
    printf 'CREATE DATABASE :"name";\n' | psql -v ON_ERROR_STOP=1 -X -q -U "$POSTGRES_USER" -d postgres -v name="$POSTGRES_DB"
  fi
  run_files
  pg_ctl -D "$1" -w -m fast stop
}

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  if [ -e "$PGDATA" ]; then
    make_database "$PGDATA"
  else
    # Made beside and renamed: a container killed on the way leaves nothing that looks like a database.
    rm -rf "$PGDATA.part"
    mkdir -p "$(dirname "$PGDATA")"
    make_database "$PGDATA.part"
    mv "$PGDATA.part" "$PGDATA"
  fi
fi
exec "$@"
