#!/usr/bin/env bash
# Installs what some tests need from the system: a Secret Service on D-Bus (keychain), the official Python packages and
# polkadot-api (interop). Never fails: what could not be installed is listed by name, and the tests that need it say that they were skipped.
# Usage: scripts/ci-system-deps.sh [folder for the Python environments, default .tmp/python]
set -u
cd "$(dirname "$0")/.."
python_root="${1:-.tmp/python}"
missing=()

have() { command -v "$1" >/dev/null 2>&1; }

if ! { have dbus-run-session && have gnome-keyring-daemon && have gdbus; }; then
  if have apt-get && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    (apt-get update -q && apt-get install -y -q --no-install-recommends gnome-keyring dbus-daemon dbus-x11 libglib2.0-bin) \
      >/tmp/btcli-ts-apt.log 2>&1 || tail -n 5 /tmp/btcli-ts-apt.log
  fi
fi
{ have dbus-run-session && have gnome-keyring-daemon && have gdbus; } \
  || missing+=("keychain against a real Secret Service (dbus-run-session, gnome-keyring-daemon or gdbus is missing)")

python_environment() { # name, requirement
  local folder="$python_root/$1"
  if [ ! -x "$folder/bin/python" ] || ! "$folder/bin/python" -c 'import sys' >/dev/null 2>&1; then
    python3 -m venv "$folder" >/dev/null 2>&1 || { missing+=("interop with $2 (python3 -m venv failed)"); return; }
  fi
  if [ "$(cat "$folder/.installed" 2>/dev/null)" != "$2" ]; then
    if "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "$2" >/tmp/btcli-ts-pip.log 2>&1; then
      echo "$2" >"$folder/.installed"
    else
      tail -n 3 /tmp/btcli-ts-pip.log
      missing+=("interop with $2 (pip install failed)")
    fi
  fi
}
if have python3; then
  python_environment bittensor-wallet 'bittensor-wallet==4.1.1'
  python_environment bittensor 'bittensor==11.3.0'
  # btcli 9 with the bittensor-wallet that it asks for: half a minute and 200 MB.
  python_environment bittensor-cli 'bittensor-cli==9.23.2'
else
  missing+=("interop with bittensor-wallet==4.1.1, bittensor==11.3.0 and bittensor-cli==9.23.2 (python3 is missing)")
fi

papi_environment() { # version of polkadot-api, as npm knows it
  local folder=".tmp/papi/$1"
  [ "$(cat "$folder/.installed" 2>/dev/null)" = "$1" ] && return
  mkdir -p "$folder"
  echo '{ "private": true, "type": "module" }' >"$folder/package.json"
  if (cd "$folder" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock \
    "polkadot-api@$1" @polkadot-labs/hdkd@0.0.25 @polkadot-labs/hdkd-helpers@0.0.30 ws@8) >/tmp/btcli-ts-npm.log 2>&1; then
    echo "$1" >"$folder/.installed"
  else
    tail -n 3 /tmp/btcli-ts-npm.log
    missing+=("the local chain with polkadot-api $1 (npm install failed)")
  fi
}
papi_environment 1.23.3
papi_environment 2.2.2

if [ ${#missing[@]} -gt 0 ]; then
  echo "!!! NOT TESTED IN THIS RUN:"
  printf '!!!   - %s\n' "${missing[@]}"
else
  echo "System dependencies of the tests: Secret Service, bittensor-wallet 4.1.1, bittensor 11.3.0, bittensor-cli 9.23.2, polkadot-api 1.23.3 and 2.2.2 are there."
fi
exit 0
