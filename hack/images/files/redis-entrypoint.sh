#!/bin/sh
# Options, or the path of a configuration file, go to redis-server; anything else is run as it is.
set -eu
case "${1:-}" in
  '' | -* | *.conf) set -- redis-server "$@" ;;
esac
exec "$@"
