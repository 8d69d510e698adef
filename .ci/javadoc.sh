#!/usr/bin/env bash
# Builds the Javadoc site of the published libraries in target/javadoc and checks it: no warning, and every link leads to a
# page and an anchor of the site. Uses the JDK in JAVA_HOME. Arguments are passed to Maven.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

site=$PWD/target/javadoc
bin=${JAVA_HOME:+$JAVA_HOME/bin/}

mvn -B -ntp -q -Dfast -DskipTests "$@" -pl shared-model/test -am \
    test-compile org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile=target/javadoc.classpath

# the first has the optional dependencies, the second JUnit
classpath=$(cat shared-model/controller/target/javadoc.classpath):$(cat shared-model/test/target/javadoc.classpath)
rm -rf "$site"
"${bin}javadoc" -quiet -Werror -Xdoclint:all,-missing -protected -encoding UTF-8 --release 17 \
    --source-path shared-model/artifact-sdk/src/main/java:shared-model/toolkit-api/src/main/java:shared-model/controller/src/main/java:shared-model/test/src/main/java:dev/kube-test/src/main/java \
    -classpath "$classpath" \
    -subpackages dev.sluice.artifact:dev.sluice.toolkit:dev.sluice.controller:dev.sluice.test:dev.sluice.kubetest.junit:dev.sluice.kubetest.fake:dev.sluice.kubetest.proxy \
    -group 'sluice-artifact-sdk' 'dev.sluice.artifact*' \
    -group 'sluice-toolkit-api' 'dev.sluice.toolkit*' \
    -group 'sluice-controller' 'dev.sluice.controller*' \
    -group 'sluice-test' 'dev.sluice.test*:dev.sluice.kubetest*' \
    -windowtitle Sluice -doctitle 'Sluice libraries' -overview shared-model/overview.html \
    -notimestamp -d "$site"

"${bin}java" .ci/LinkCheck.java "$site"
