# Sourced by the start scripts, which have set $home. Sets $java to a Java 17 or newer, or says what to do and ends with
# code 1; makes sure that file names are UTF-8. Uses no program but readlink, and only for a java on the PATH: a start costs 1 ms here.

# Under the C locale the JVM cannot name a file "niño.jpg".
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
  C | POSIX)
    if [ -n "${LC_ALL:-}" ]; then
      LC_ALL=C.UTF-8
      export LC_ALL
    else
      LC_CTYPE=C.UTF-8
      export LC_CTYPE
    fi
    ;;
esac

no_java() {
  echo "$1 Acopio needs Java 17 or newer: install one (for example 'apt install openjdk-17-jre-headless', or from adoptium.net) and put it on the PATH or set JAVA_HOME to its folder." >&2
  exit 1
}

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
  [ -x "$java" ] || no_java "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it."
  java_home=$JAVA_HOME
else
  java=$(command -v java) || no_java "No Java found."
  java_home=$(readlink -f "$java" 2>/dev/null) || java_home=$java
  java_home=${java_home%/bin/java}
fi

java_version=
if [ -r "$java_home/release" ]; then
  while IFS='=' read -r key value; do
    [ "$key" = JAVA_VERSION ] && java_version=$value
  done <"$java_home/release"
else
  java_version=$("$java" -version 2>&1) || no_java "The Java at $java does not start."
  java_version=${java_version#*version }
fi
java_version=${java_version#\"}
java_version=${java_version%%\"*}
case $java_version in
  1.* | [2-9] | [2-9].* | 1[0-6] | 1[0-6].* | 1[0-6]-*) no_java "The Java at $java is version $java_version." ;;
esac
