# What deploy/deploy and deploy/remove have in common. To be sourced; expects `region` and
# `dry`, sets `account` and `domain`.
# shellcheck shell=bash disable=SC2034,SC2154

fail() { echo "$(basename "$0"): $*" >&2; exit 2; }
step() { [ -n "$dry" ] && echo "# $*" || echo "$(basename "$0"): $*"; }

# The comment at a script's beginning.
usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p}' "$1"; exit; }

whole() { # OPTION VALUE LEAST MOST
  if ! [[ $2 =~ ^[0-9]{1,9}$ ]] || ((10#$2 < $3 || 10#$2 > $4)); then
    fail "\`$1\` must be a whole number from $3 to $4, got \`$2\`"
  fi
  echo "$((10#$2))"
}

# A stack's name is a repository's as well, whose letters are small.
check_stack() {
  [[ $1 =~ ^[a-z][a-z0-9-]{0,48}[a-z0-9]$ ]] ||
    fail "\`--stack\` must be 2 to 50 small letters, digits or \`-\`, got \`$1\`"
}

need() {
  local name
  for name in "$@"; do
    command -v "$name" >/dev/null || fail "\`$name\` is missing: scripts/setup --deploy"
  done
}

# AWS's command for the region; older ones do not know AWS_ENDPOINT_URL.
cloud() {
  local endpoint=()
  [ -z "${AWS_ENDPOINT_URL:-}" ] || endpoint=(--endpoint-url "$AWS_ENDPOINT_URL")
  AWS_PAGER='' aws --region "$region" "${endpoint[@]}" "$@"
}

# Runs a command that changes something, or prints it.
run() {
  if [ -z "$dry" ]; then
    if [ "$1" = cloud ] && [ "$2" != cloudformation ] && [ "$2" != s3 ]; then
      "$@" >/dev/null
    else
      "$@"
    fi
    return
  fi
  local words=("$@")
  [ "$1" != cloud ] || words=(aws "${@:2}" --region "$region")
  printf '%q ' "${words[@]}"
  echo
}

# Whose account it is, and where.
find_account() {
  if [ -z "$region" ]; then
    region=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region 2>/dev/null || true)}}
  fi
  [ -n "$region" ] || fail 'no region: neither --region nor AWS_REGION nor the profile names one'
  domain=amazonaws.com
  [[ $region != cn-* ]] || domain=amazonaws.com.cn
  if [ -n "$dry" ]; then
    account=ACCOUNT
    return
  fi
  account=$(cloud sts get-caller-identity --query Account --output text 2>&1) ||
    fail "AWS does not know these credentials (\`aws configure\`, AWS_PROFILE): $account"
}

# Asks for a stack; nothing if there is no such stack.
ask_for_stack() { # STACK QUERY OPERATION ARGUMENT…
  local text
  text=$(cloud cloudformation "${@:3}" --stack-name "$1" --query "$2" --output text 2>&1) && echo "$text" && return
  case $text in
    *'does not exist'*) ;;
    *) fail "cannot ask for the stack \`$1\`: $text" ;;
  esac
}
state_of() { ask_for_stack "$1" 'Stacks[0].StackStatus' describe-stacks; }
bucket_of() {
  ask_for_stack "$1" StackResourceDetail.PhysicalResourceId describe-stack-resource --logical-resource-id Bucket
}
