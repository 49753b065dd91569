# shellcheck shell=bash
# What scripts/run, scripts/test and scripts/bake share; to be sourced. Makes the machine ready once
# and remembers it in stamps inside .venv, so that a second start runs neither pip nor apt.
#
# Everything it says goes to standard error.

set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
venv=$root/.venv
export PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf 'showroom: %s\n' "$*" >&2; }

give_up() {
    say "$*"
    exit 3
}

# --- system packages -------------------------------------------------------------------------

# missing_packages TIER… : the Debian packages of these tiers whose need is not met here, one a line.
missing_packages() {
    local libraries package tier proof
    libraries=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null || true)
    while read -r package tier proof _; do
        [[ -z $package || $package == \#* || " $* " != *" $tier "* ]] && continue
        is_met "$proof" "$libraries" || printf '%s\n' "$package"
    done <"$root/scripts/system_packages.txt"
}

# is_met PROOF LIBRARIES : whether one alternative of a proof holds (see system_packages.txt).
is_met() {
    local one
    while IFS= read -r -d '|' one; do
        case $one in
            command:*) command -v "${one#command:}" >/dev/null && return 0 ;;
            module:*) "${PYTHON:-python3}" -c "import ${one#module:}" 2>/dev/null && return 0 ;;
            *) [[ $2 == *"$one "* ]] && return 0 ;;
        esac
    done <<<"$1|"
    return 1
}

# install_packages PACKAGE… : installs them as root; false where that cannot be done or did not work.
install_packages() {
    (($# == 0)) && return 0
    ((EUID == 0)) && command -v apt-get >/dev/null || return 1
    say "installing system packages: $*"
    apt-get -q update >&2 &&
        DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@" >&2
}

# line_to_type PACKAGE… : what somebody with rights would type.
line_to_type() { printf 'sudo apt-get install --no-install-recommends %s' "$*"; }

# --- Python packages -------------------------------------------------------------------------

# stamp_text : changes when the packages in .venv may no longer be the ones asked for.
stamp_text() {
    cat "$root/pyproject.toml" "$root/constraints.txt" | sha256sum | cut -c1-32
    printf '%s\n' "$venv"
    "$venv/bin/python" -ESc 'import sys; print(sys.version)'
}

is_stamped() { [[ -x $venv/bin/showroom && -f $1 && $(stamp_text 2>/dev/null) == "$(cat "$1")" ]]; }

# install_python run|test : .venv with the pinned packages and this checkout in it; test: the tests' packages too.
install_python() {
    is_stamped "$venv/.showroom-test" && return
    [[ $1 == run ]] && is_stamped "$venv/.showroom-run" && return

    make_venv
    say "installing the pinned Python packages into .venv: about 510 MB to download and 2 GB of disk where pip finds"
    say "a CPU build of torch, some 3 GB to download where its settings offer the CUDA build alone"
    install_pinned hatchling
    if [[ $1 == run ]]; then
        install_pinned --no-build-isolation --editable "$root"
    else
        install_pinned --no-build-isolation --editable "${root}[$1]"
    fi
    stamp_text >"$venv/.showroom-$1"
}

install_pinned() {
    "$venv/bin/python" -m pip install --constraint "$root/constraints.txt" "$@" >&2 ||
        give_up "pip could not install ($*); see its lines above: network, disk space or pip's settings, then start again"
}

# make_venv : .venv, anew where it is missing, was moved here, or belongs to a Python that has gone.
make_venv() {
    local missing
    "$venv/bin/python" -c 'import pip' 2>/dev/null && grep -qsF "$venv/bin/python" "$venv/bin/pip" && return
    mapfile -t missing < <(missing_packages venv)
    install_packages "${missing[@]}" || give_up "Python cannot make .venv here; type: $(line_to_type "${missing[@]}")"
    "${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        give_up "$("${PYTHON:-python3}" -V) is too old; Python 3.11 or newer is needed: set PYTHON to one and start again"
    say "making .venv with $("${PYTHON:-python3}" -V)"
    "${PYTHON:-python3}" -m venv --clear "$venv"
}
