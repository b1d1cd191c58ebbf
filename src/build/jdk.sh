# Finds a JDK: JAVA_HOME, else the one on the PATH, else the newest in the usual folders. Sourced by bash.
# Sets java_home, java_major (such as 25) and java_release (what the JDK says about itself), or exits with 2.
#
#   SLUICE_JDKS   folders to look for JDKs in, separated by ':', instead of the usual ones

java_home="" java_major=0 java_release="" jdks_seen=""

# Takes the JDK in a folder, if it fits and is newer than the one taken before. The file spares a start of Java.
consider_jdk() {
  local home=$1 origin=$2 release="" major=0 lack=""
  [ -x "$home/bin/java" ] || return 0
  if [ -r "$home/release" ]; then
    release=$(<"$home/release")
  else
    release=$("$home/bin/java" -version 2>&1) || true
  fi
  if [[ $release =~ (JAVA_VERSION=|version )\"(1\.)?([0-9]+) ]]; then
    major=${BASH_REMATCH[3]}
  fi
  [ -x "$home/bin/javac" ] || lack=" without a compiler"
  if [ -n "$lack" ] || [ "$major" -lt 21 ]; then
    jdks_seen+=$'\n'"  $home ($origin): Java $major$lack"
  elif [ "$major" -gt "$java_major" ]; then
    java_home=$home java_major=$major java_release=$release
  fi
}

# Considers the JDK of a program on the PATH. What macOS has in /usr/bin only tells where to get Java.
consider_program() {
  local file
  file=$(command -v "$1") && file=$(readlink -f "$file") || return 0
  [ "$file" = "/usr/bin/$1" ] || consider_jdk "${file%/bin/*}" "PATH"
}

consider_folders() {
  local folder home IFS=:
  local folders=${SLUICE_JDKS-/usr/lib/jvm:/usr/java:/opt/java:/opt:/Library/Java/JavaVirtualMachines:/opt/homebrew/opt:\
/usr/local/opt:/home/linuxbrew/.linuxbrew/opt:${HOME-}/Library/Java/JavaVirtualMachines:\
${HOME-}/.sdkman/candidates/java:${HOME-}/.jdks}
  for folder in $folders; do
    for home in "$folder" "$folder"/*{,/Contents/Home,/libexec,/libexec/openjdk.jdk/Contents/Home}; do
      consider_jdk "$home" "found"
    done
  done
}

[ -z "${JAVA_HOME-}" ] || consider_jdk "$JAVA_HOME" "JAVA_HOME"
[ -n "$java_home" ] || consider_program javac
[ -n "$java_home" ] || consider_program java
[ -n "$java_home" ] || consider_folders
if [ -z "$java_home" ]; then
  printf '%s\n' "Sluice needs a JDK of version 21 or later, and there is none in JAVA_HOME, on the PATH or in the" \
    "usual folders. Install one (such as https://adoptium.net) or set JAVA_HOME to it." >&2
  [ -z "$jdks_seen" ] || printf '%s\n' "Seen, and not enough:$jdks_seen" >&2
  exit 2
fi
