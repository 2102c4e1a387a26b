#!/bin/sh
# Options go to traefik; anything else is run as it is.
set -eu
case "${1:-}" in
  '' | -*) set -- traefik "$@" ;;
esac
exec "$@"
