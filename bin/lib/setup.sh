# Set-up shared by bin/run, bin/test and bin/bench: system packages, Python, the virtual environment, translations.
# Sourced by bash after `set -euo pipefail`. Every step looks first and is silent when nothing is to be done;
# what cannot be done ends in one sentence that says what to do.

SETUP_COMMAND="bin/${0##*/}"
VENV=.venv
PYTHON=$VENV/bin/python

RUN_PACKAGES=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-paratype fonts-dejavu-core)
TEST_PACKAGES=(postgresql chromium libatomic1 poppler-utils git) # libatomic1: the browser driver's own runtime

fail() {
  printf '%s: %s\n' "$SETUP_COMMAND" "$*" >&2
  exit 1
}

say() {
  printf '%s: %s\n' "$SETUP_COMMAND" "$*" >&2
}

# --- what the environment asks for -------------------------------------------------------------------------------

# A variable that is set but empty is more often a broken deployment than a wish for the default.
check_environment() {
  if [ -n "${DATABASE_URL+set}" ] && [ -z "${DATABASE_URL//[[:space:]]/}" ]; then
    fail "DATABASE_URL is set but empty. Give it the address of a database, or unset it to use SQLite in QADAM_HOME."
  fi
  case ${DATABASE_URL-sqlite://} in
    sqlite://* | postgres://* | postgresql://* | postgresql+psycopg://*) ;;
    *) fail "DATABASE_URL must begin with postgresql:// or sqlite://." ;;
  esac
}

# Call before changing directory: a relative QADAM_HOME means the caller's directory.
anchor_home() {
  case ${QADAM_HOME:-} in
    "") unset QADAM_HOME ;;
    /*) export QADAM_HOME ;;
    *) export QADAM_HOME="$PWD/$QADAM_HOME" ;;
  esac
}

# --- system packages ---------------------------------------------------------------------------------------------

has_apt() {
  command -v apt-get >/dev/null && command -v dpkg-query >/dev/null
}

# Debian 12 and Ubuntu 23.04 are the first whose own python3 is new enough.
apt_python_is_new_enough() {
  has_apt && (
    ID="" VERSION_ID=""
    . /etc/os-release 2>/dev/null || exit 1
    case $ID in
      debian) [ "${VERSION_ID:-99}" -ge 12 ] ;;
      ubuntu) [ "${VERSION_ID%%.*}" -ge 23 ] ;;
      *) exit 1 ;;
    esac
  )
}

# missing_packages NAME... → MISSING
missing_packages() {
  local installed name
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Abbrev}\n' "$@" 2>/dev/null || true)
  MISSING=()
  for name in "$@"; do
    grep -q "^$name .i" <<<"$installed" || MISSING+=("$name")
  done
}

install_packages() {
  local as_root=() log
  if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      say "system packages are missing. Install them with this command, then start again:"
      if command -v sudo >/dev/null; then
        printf '  sudo sh -c "apt-get update && apt-get install --no-install-recommends %s"\n' "$*" >&2
      else
        printf '  su -c "apt-get update && apt-get install --no-install-recommends %s"\n' "$*" >&2
      fi
      exit 1
    fi
    as_root=(sudo -n)
  fi
  say "installing system packages: $*"
  log=$(mktemp)
  # A list that cannot be refreshed is no reason to stop: the packages may be at hand. The install has the last word.
  "${as_root[@]}" apt-get -qq -o Acquire::Retries=2 update >"$log" 2>&1 </dev/null || true
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    -o Acquire::Retries=2 -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@" >>"$log" 2>&1 </dev/null; then
    if grep -qE 'Temporary failure resolving|Could not resolve|Could not connect|Failed to fetch|Unable to locate' "$log"; then
      rm -f "$log"
      fail "the system packages could not be downloaded ($*). Connect this machine to the network and start again."
    fi
    fail "the system packages could not be installed ($*). apt-get's own words are in $log."
  fi
  rm -f "$log"
}

# Elsewhere than on Debian we cannot install, only look whether WeasyPrint will find what it draws text with.
check_libraries() {
  local missing
  missing=$("$PYTHON" -c '
from ctypes import CDLL
from ctypes.util import find_library

def loads(name):
    try:
        return bool(find_library(name)) or bool(CDLL(f"lib{name}.so.0"))
    except OSError:
        return False

print(*(name for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset") if not loads(name)))')
  [ -z "$missing" ] || fail "the system libraries $missing are missing. Install Pango and HarfBuzz, then start again."
}

# --- Python and the virtual environment --------------------------------------------------------------------------

python_version() {
  "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null
}

is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

can_make_environments() {
  "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

# find_python → FOUND_PYTHON, the first suitable one on PATH; empty when there is none
find_python() {
  local name
  FOUND_PYTHON=""
  hash -r
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && is_new_enough "$name" && can_make_environments "$name"; then
      FOUND_PYTHON=$(command -v "$name")
      return 0
    fi
  done
}

no_python() {
  local found=""
  ! command -v python3 >/dev/null || found=$(python_version python3 || true)
  fail "Qadam needs Python 3.11 or newer with its venv module; found here: ${found:-none}. Install one and start again."
}

ensure_system() {
  local wanted=("$@")
  if ! is_new_enough "$PYTHON"; then
    find_python
    if [ -z "$FOUND_PYTHON" ]; then
      apt_python_is_new_enough || no_python
      wanted+=(python3 python3-venv)
    fi
  fi
  has_apt || return 0
  missing_packages "${wanted[@]}"
  [ ${#MISSING[@]} = 0 ] || install_packages "${MISSING[@]}"
}

# ensure_environment REQUIREMENTS: .venv holds exactly what the lock says
ensure_environment() {
  local requirements=$1 stamp=$VENV/.installed-${1%.txt} wanted log=$VENV/install.log
  if ! is_new_enough "$PYTHON" || ! "$PYTHON" -c 'import pip' 2>/dev/null; then
    [ -n "${FOUND_PYTHON:-}" ] || find_python
    [ -n "$FOUND_PYTHON" ] || no_python
    say "making the virtual environment"
    "$FOUND_PYTHON" -m venv --clear "$VENV" || fail "the virtual environment could not be made in $PWD/$VENV."
  fi
  # The test lock includes the run lock, and the packages belong to one Python: all of it is in the stamp.
  wanted="$(cat requirements.txt "$requirements" | sha256sum) $("$PYTHON" -V)"
  [ "$wanted" != "$(cat "$stamp" 2>/dev/null)" ] || return 0
  say "installing Python packages"
  rm -f "$VENV"/.installed-*
  if ! "$PYTHON" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
    -r "$requirements" >"$log" 2>&1 </dev/null; then
    if grep -qE 'NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|Max retries|name resolution|No matching distribution' "$log"; then
      fail "the Python packages could not be downloaded. Connect this machine to the network and start again."
    fi
    fail "the Python packages could not be installed. pip's own words are in $PWD/$log."
  fi
  printf '%s\n' "$wanted" >"$stamp"
  if [ "$requirements" != requirements.txt ]; then
    printf '%s\n' "$(cat requirements.txt requirements.txt | sha256sum) $("$PYTHON" -V)" >"$VENV/.installed-requirements"
  fi
}

# --- translations ------------------------------------------------------------------------------------------------

# compile_translations [all]: only catalogues newer than what was compiled from them, unless all are asked for
compile_translations() {
  local po mo
  for po in app/translations/*/LC_MESSAGES/messages.po; do
    [ -e "$po" ] || continue
    mo=${po%.po}.mo
    if [ "${1:-}" = all ] || [ "$po" -nt "$mo" ]; then
      "$PYTHON" -m babel.messages.frontend -q compile -i "$po" -o "$mo" || return 1
    fi
  done
}

# --- everything, in order ----------------------------------------------------------------------------------------

# ensure_everything REQUIREMENTS SYSTEM_PACKAGE...; two commands started at once wait for one another here
ensure_everything() {
  local requirements=$1
  shift
  if command -v flock >/dev/null; then
    exec 9<bin/lib/setup.sh
    flock 9
  fi
  ensure_system "$@"
  ensure_environment "$requirements"
  has_apt || check_libraries
  compile_translations || fail "the translations could not be compiled."
  exec 9<&-
}
