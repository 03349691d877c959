# A throw-away PostgreSQL cluster on loopback, for tests and benchmarks. Sourced by bash after lib/setup.sh.
# It trusts everyone on this machine and survives no crash: it holds nothing but what a test just made.

CLUSTER=""
PROGRAMS=""

# Debian's own programs by their full path: what is called pg_ctl on PATH may be something else.
postgresql_programs() {
  local directory
  for directory in /usr/lib/postgresql/{18,17,16,15}/bin; do
    if [ -x "$directory/initdb" ] && [ -x "$directory/pg_ctl" ]; then
      printf '%s\n' "$directory"
      return 0
    fi
  done
  directory=$(pg_config --bindir 2>/dev/null) && [ -x "$directory/initdb" ] && printf '%s\n' "$directory"
}

# PostgreSQL refuses to run as root; Debian's package brings a user for it.
as_database_user() {
  if [ "$(id -u)" != 0 ]; then
    "$@"
  elif id postgres >/dev/null 2>&1; then
    runuser -u postgres -- "$@"
  else
    runuser -u nobody -- "$@"
  fi
}

free_port() {
  "$PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# start_cluster → CLUSTER_URL; stop_cluster must be in a trap before this is called
start_cluster() {
  local port try
  PROGRAMS=$(postgresql_programs) || fail "PostgreSQL's initdb and pg_ctl are missing. Install the postgresql package."
  CLUSTER=$(mktemp -d)
  if [ "$(id -u)" = 0 ]; then
    chown "$(as_database_user id -u)" "$CLUSTER"
    # A TMPDIR of root's own may be closed to the database user.
    if ! as_database_user test -w "$CLUSTER"; then
      rmdir "$CLUSTER"
      CLUSTER=$(mktemp -d /tmp/postgresql.XXXXXX)
      chown "$(as_database_user id -u)" "$CLUSTER"
    fi
  fi
  (
    cd "$CLUSTER"
    as_database_user "$PROGRAMS/initdb" -D "$CLUSTER/data" --no-sync -A trust -U qadam -E UTF8 --locale=C.UTF-8 \
      >"$CLUSTER/initdb.log" 2>&1
  ) || fail "PostgreSQL's initdb failed: $(tail -n 1 "$CLUSTER/initdb.log")"
  # Between choosing a free port and taking it another program may come first: then choose again.
  for try in 1 2 3; do
    port=$(free_port)
    if (
      cd "$CLUSTER"
      as_database_user "$PROGRAMS/pg_ctl" -D "$CLUSTER/data" -s -w -t 60 -l "$CLUSTER/data/server.log" \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$CLUSTER -c fsync=off \
-c synchronous_commit=off -c full_page_writes=off -c max_connections=100" start >/dev/null 2>&1 </dev/null
    ); then
      CLUSTER_URL="postgresql+psycopg://qadam@127.0.0.1:$port/postgres"
      return 0
    fi
  done
  fail "PostgreSQL did not start: $(tail -n 1 "$CLUSTER/data/server.log" 2>/dev/null)"
}

# For a trap: in one, a bare `return` gives the status of what was failing, so each return here says its own.
stop_cluster() {
  [ -n "$CLUSTER" ] || return 0
  if [ -e "$CLUSTER/data/postmaster.pid" ]; then
    (cd "$CLUSTER" && as_database_user "$PROGRAMS/pg_ctl" -D "$CLUSTER/data" -s -w -m immediate stop >/dev/null 2>&1) || true
  fi
  rm -rf "$CLUSTER"
  CLUSTER=""
}
