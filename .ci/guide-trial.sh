#!/usr/bin/env bash
# Tries docs/artifact-sdk.md as a developer outside the project: installs the libraries into a Maven repository of its own,
# writes projects with the page's dependencies, build plugin, controller and test, and runs `mvn test` in each. Run it before a
# release; it needs Maven Central or a repository like it. Removes all its files. Arguments: the projects, by default all.
#
#   plain-17, plain-25  without a framework, on JDK 17 and on JDK 25
#   boot-3.5, boot-4.1  with the parent POM of Spring Boot; the controller is also a bean of an application
#   josdk               java-operator-sdk and its client in the same program; starts no informer of that client
#
# JAVA_HOME_17, JAVA_HOME_25  the JDKs; JDK 25 is optional
# BOOT_3, BOOT_4, JOSDK       versions
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

jdk17=${JAVA_HOME_17:-$(ls -d /usr/lib/jvm/*17* 2>/dev/null | head -n 1)}
jdk25=${JAVA_HOME_25:-$(ls -d /usr/lib/jvm/*25* 2>/dev/null | head -n 1)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
page=docs/artifact-sdk.md
maven=(mvn -B -ntp -q "-Dmaven.repo.local=$work/m2")

say() { printf '[guide %s] %s\n' "$(date -u +%H:%M:%S)" "$*"; }

# file NAME  prints a file of the page.
file() {
    awk -v name="<!-- file: $1 -->" '$0 == name {found = 1} found && /^```[a-z]/ {on = 1; next} on && /^```/ {exit} on' "$page"
}

# xml N  prints the Nth XML block of the page without a file name.
xml() {
    awk -v wanted="$1" '/^```xml/ {n++; on = n == wanted; next} /^```/ {on = 0} on' "$page"
}

# project NAME PARENT PROPERTIES DEPENDENCIES BUILD  writes a project with the page's code.
project() {
    local directory=$work/$1
    mkdir -p "$directory/src/main/java/trial" "$directory/src/test/java/trial" "$directory/src/test/resources"
    cat >"$directory/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  $2
  <groupId>trial</groupId>
  <artifactId>$1</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.source>17</maven.compiler.source>
    <maven.compiler.target>17</maven.compiler.target>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
    <sluice.version>0.1.0-SNAPSHOT</sluice.version>
    $3
  </properties>
$(xml 1 | sed '$d')
$(xml 2)
$4
</dependencies>
$5
</project>
POM
    { echo 'package trial;'; file HttpBundleController.java; } >"$directory/src/main/java/trial/HttpBundleController.java"
    { echo 'package trial;'; file HttpBundleControllerTest.java; } >"$directory/src/test/java/trial/HttpBundleControllerTest.java"
    file crd.yaml >"$directory/src/test/resources/crd.yaml"
}

dependency() {
    printf '<dependency><groupId>%s</groupId><artifactId>%s</artifactId>%s</dependency>\n' "$1" "$2" "${3:-}"
}

plain() { project "$1" '' '' "$(dependency ch.qos.logback logback-classic '<version>1.5.20</version><scope>runtime</scope>')" "$(xml 3)"; }

# boot NAME VERSION PROPERTIES  with an application and its test
boot() {
    project "$1" "<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId>\
<version>$2</version><relativePath/></parent>" "$3" \
        "$(dependency org.springframework.boot spring-boot-starter-web)
$(dependency org.springframework.boot spring-boot-starter-test '<scope>test</scope>')" ''
    { echo 'package trial;'; file App.java; } >"$work/$1/src/main/java/trial/App.java"
    cat >"$work/$1/src/test/java/trial/AppTest.java" <<'JAVA'
package trial;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.controller.source.RunningController;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.test.Definitions;
import io.kubernetes.client.openapi.ApiClient;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.beans.factory.support.RootBeanDefinition;

@KubernetesTest
class AppTest {

    @TempDir
    Path volume;

    @Test
    void theControllerIsABean(KubernetesApi api) throws Exception {
        Definitions.installFlux(api.newClient());
        try (InputStream crd = getClass().getResourceAsStream("/crd.yaml")) {
            Definitions.install(api.newClient(), new String(crd.readAllBytes(), StandardCharsets.UTF_8));
        }
        RootBeanDefinition clients = new RootBeanDefinition();
        clients.setTargetType(ResolvableType.forClassWithGenerics(Supplier.class, ApiClient.class));
        clients.setInstanceSupplier(() -> (Supplier<ApiClient>) api::newClient);
        clients.setPrimary(true);
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(App.class)
                .initializers(each -> ((GenericApplicationContext) each).registerBeanDefinition("clientsOfTheTest", clients))
                .properties("server.port=0")
                .run("--storage-path=" + volume, "--storage-addr=127.0.0.1:0", "--health-addr=127.0.0.1:0")) {
            assertTrue(context.getBean(RunningController.class).address().getPort() > 0);
        }
    }
}
JAVA
}

josdk() {
    plain "$1"
    sed -i "s|^</dependencies>|$(dependency io.javaoperatorsdk operator-framework "<version>$2</version>")&|" "$work/$1/pom.xml"
    cat >"$work/$1/src/test/java/trial/BothClientsTest.java" <<'JAVA'
package trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.test.Definitions;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

@KubernetesTest
class BothClientsTest {

    @Test
    void bothClientsWorkInOneProgram(KubernetesApi api, @TestNamespace String namespace) throws Exception {
        Definitions.installFlux(api.newClient());
        Config config = Config.fromKubeconfig(Files.readString(api.kubeconfig()));
        try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
            assertNotNull(new Operator(overrider -> overrider.withKubernetesClient(client)));
            client.resource(new ConfigMapBuilder().withNewMetadata().withNamespace(namespace).withName("both")
                    .endMetadata().build()).create();
            assertNotNull(client.configMaps().inNamespace(namespace).withName("both").get());
            assertEquals(0, ExternalArtifact.TYPE.api(api.newClient()).list(namespace).getObject().getItems().size());
        }
    }
}
JAVA
}

# try NAME JDK  runs the tests, and counts them: a build that finds no tests succeeds, too
try() {
    say "$1 on $("$2/bin/java" -version 2>&1 | head -n 1)"
    cd "$work/$1"
    JAVA_HOME=$2 "${maven[@]}" test >log 2>&1 || { cat log; exit 1; }
    local test count
    for test in src/test/java/trial/*.java; do
        test=$(basename "$test" .java)
        count=$(grep -c '<testcase ' "target/surefire-reports/TEST-trial.$test.xml") || { say "$test has not run"; exit 1; }
        say "$test: $count passed"
    done
    cd "$OLDPWD"
}

# third parties' artifacts that are here already; ours must come from the page's command
if [ -d "$HOME/.m2/repository" ]; then
    cp -r "$HOME/.m2/repository" "$work/m2"
    rm -rf "$work/m2/dev/sluice"
fi
say 'installing the libraries, as the page says'
read -ra arguments <<<"$(sed -n 's/^mvn \(.* install\)$/\1/p' "$page")"
JAVA_HOME=$jdk17 "${maven[@]}" "${arguments[@]}"

[ $# -gt 0 ] || set -- plain-17 plain-25 boot-3.5 boot-4.1 josdk
for name in "$@"; do
    case $name in
        plain-17) plain "$name"; try "$name" "$jdk17" ;;
        plain-25) plain "$name"; try "$name" "$jdk25" ;;
        boot-3.5) boot "$name" "${BOOT_3:-3.5.7}" '<junit-jupiter.version>6.0.3</junit-jupiter.version>'; try "$name" "$jdk17" ;;
        boot-4.1) boot "$name" "${BOOT_4:-4.1.1}" ''; try "$name" "${jdk25:-$jdk17}" ;;
        josdk) josdk "$name" "${JOSDK:-5.2.3}"; try "$name" "$jdk17" ;;
        *) say "unknown project $name"; exit 2 ;;
    esac
done
say 'done'
