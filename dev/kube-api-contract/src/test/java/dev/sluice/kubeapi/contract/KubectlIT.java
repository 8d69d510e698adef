package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubeapi.contract.Kubectl.Outcome;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Typical use of kubectl, with the real binary. */
@KubernetesTest
final class KubectlIT {

    private static final String GADGET = """
            apiVersion: contract.sluice.dev/v1
            kind: Gadget
            metadata:
              name: a
            spec:
              size: 5
              owner: abc
            """;

    private final KubernetesApi api;
    private final String namespace;
    private final Http http;
    private Kubectl kubectl;

    KubectlIT(KubernetesApi api, @TestNamespace String namespace) {
        this.api = api;
        this.namespace = namespace;
        this.http = Gadgets.definedOn(api);
    }

    @BeforeEach
    void find(@TempDir Path directory) {
        Optional<Path> binary = Kubectl.find();
        if (binary.isEmpty()) {
            System.out.println("[kubernetes-api] KubectlIT skipped: no kubectl in KUBEBUILDER_ASSETS or on the PATH");
        }
        Assumptions.assumeTrue(binary.isPresent(), "no kubectl found");
        kubectl = Kubectl.on(api, binary.orElseThrow(), namespace, directory);
    }

    @Test
    void getsTables() {
        kubectl.runWith(GADGET, "apply", "-f", "-").succeeds();
        Outcome table = kubectl.run("get", "gadgets").succeeds();
        assertThat(table.lines().get(0)).matches("NAME +SIZE +PHASE +AGE *");
        assertThat(table.lines().get(1)).matches("a +5 +.*[0-9]+s *");
        assertThat(kubectl.run("get", "gd", "-o", "wide").succeeds().lines().get(0))
                .matches("NAME +SIZE +PHASE +OWNER +AGE *");
        assertThat(kubectl.run("get", "contract", "-o", "name").succeeds().output())
                .isEqualTo("gadget.contract.sluice.dev/a\n");
        assertThat(kubectl.run("get", "gadgets", "-A").succeeds().lines().get(0))
                .startsWith("NAMESPACE");
        assertThat(kubectl.run("get", "gadgets", "-l", "no=such").succeeds().errors())
                .contains("No resources found");
    }

    @Test
    void getsYamlAndSingleValues() {
        kubectl.runWith(GADGET, "create", "-f", "-").succeeds();
        assertThat(kubectl.run("get", "gadget", "a", "-o", "yaml").succeeds().output())
                .startsWith("apiVersion: contract.sluice.dev/v1\nkind: Gadget\n")
                .contains("  size: 5\n");
        assertThat(kubectl.run("get", "gadget/a", "-o", "jsonpath={.spec.owner}")
                        .succeeds()
                        .output())
                .isEqualTo("abc");
        assertThat(kubectl.run("get", "gadgets,configmaps", "-o", "json")
                        .succeeds()
                        .output())
                .contains("\"kind\": \"List\"");
    }

    @Test
    void reportsMissingObjects() {
        assertThat(kubectl.run("get", "gadget", "missing").fails().errors())
                .isEqualTo("Error from server (NotFound): gadgets.contract.sluice.dev \"missing\" not found\n");
        assertThat(kubectl.run("get", "nonsense").fails().errors())
                .contains("doesn't have a resource type \"nonsense\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope.sluice.dev/v1", "contract.sluice.dev/v9", "contract.sluice.dev/v1", "v1"})
    void reportsUnknownKind(String apiVersion) {
        String object = "apiVersion: %s\nkind: Nope\nmetadata: {name: a}\n".formatted(apiVersion);
        for (String[] apply : new String[][] {{"apply"}, {"apply", "--server-side"}, {"create"}, {"delete"}}) {
            List<String> arguments = new ArrayList<>(List.of(apply));
            arguments.addAll(List.of("-f", "-"));
            assertThat(kubectl.runWith(object, arguments.toArray(String[]::new))
                            .fails()
                            .errors())
                    .as(arguments.toString())
                    .contains("no matches for kind \"Nope\" in version \"%s\"".formatted(apiVersion))
                    .contains("ensure CRDs are installed first");
        }
    }

    @Test
    void watches() throws Exception {
        kubectl.runWith(GADGET, "apply", "-f", "-").succeeds();
        Process watch = kubectl.start("get", "gadgets", "--watch", "--output-watch-events");
        try (BufferedReader lines = watch.inputReader(StandardCharsets.UTF_8)) {
            assertThat(next(lines)).matches("EVENT +NAME +SIZE +PHASE +AGE *");
            assertThat(next(lines)).startsWith("ADDED");
            kubectl.run("patch", "gadget", "a", "--type=merge", "-p", "{\"spec\":{\"size\":6}}")
                    .succeeds();
            assertThat(next(lines)).matches("MODIFIED +a +6 .*");
            kubectl.run("delete", "gadget", "a").succeeds();
            assertThat(next(lines)).matches("DELETED +a +6 .*");
        } finally {
            watch.destroyForcibly();
        }
    }

    private static String next(BufferedReader lines) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return lines.readLine();
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .get(60, TimeUnit.SECONDS);
    }

    @Test
    void describesAnObjectWithItsEvents() {
        kubectl.runWith(GADGET, "apply", "-f", "-").succeeds();
        String uid = kubectl.run("get", "gadget", "a", "-o", "jsonpath={.metadata.uid}")
                .succeeds()
                .output();
        http.post(Paths.core(namespace, "events"), """
                        metadata: {name: a.1}
                        involvedObject: {apiVersion: contract.sluice.dev/v1, kind: Gadget, name: a, namespace: %s, uid: %s}
                        reason: Noticed
                        type: Normal
                        message: somebody noticed it
                        source: {component: test}
                        firstTimestamp: "2026-01-01T00:00:00Z"
                        lastTimestamp: "2026-01-01T00:00:00Z"
                        count: 1
                        """.formatted(namespace, uid))
                .ok(201);
        String description = kubectl.run("describe", "gadget", "a").succeeds().output();
        assertThat(description).containsPattern("Name: +a\n").containsPattern("Size: +5\n");
        assertThat(description).contains("Noticed").contains("somebody noticed it");
        assertThat(kubectl.run("get", "events").succeeds().output())
                .contains("gadget/a")
                .contains("somebody noticed");
    }

    @Test
    void secondApplyIsUnchanged() {
        assertThat(kubectl.runWith(GADGET, "apply", "-f", "-").succeeds().output())
                .isEqualTo("gadget.contract.sluice.dev/a created\n");
        assertThat(kubectl.runWith(GADGET, "apply", "-f", "-").succeeds().output())
                .isEqualTo("gadget.contract.sluice.dev/a unchanged\n");
        assertThat(kubectl.runWith(GADGET.replace("  owner: abc\n", ""), "apply", "-f", "-")
                        .succeeds()
                        .output())
                .isEqualTo("gadget.contract.sluice.dev/a configured\n");
        assertThat(kubectl.run("get", "gadget", "a", "-o", "jsonpath={.spec.owner}")
                        .succeeds()
                        .output())
                .isEmpty();
    }

    @Test
    void appliesBuiltInKinds() {
        String object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: '1', y: '2'}\n";
        assertThat(kubectl.runWith(object, "apply", "-f", "-").succeeds().output())
                .isEqualTo("configmap/a created\n");
        assertThat(kubectl.runWith(object, "apply", "-f", "-").succeeds().output())
                .isEqualTo("configmap/a unchanged\n");
        kubectl.runWith(object.replace(", y: '2'", ""), "apply", "-f", "-").succeeds();
        assertThat(kubectl.run("get", "cm", "a", "-o", "jsonpath={.data}")
                        .succeeds()
                        .output())
                .isEqualTo("{\"x\":\"1\"}");
    }

    @Test
    void rejectsUnknownField() {
        assertThat(kubectl.runWith(GADGET + "  colour: red\n", "apply", "-f", "-")
                        .fails()
                        .errors())
                .contains("unknown field \"spec.colour\"");
    }

    @Test
    void appliesOnTheServer() {
        assertThat(kubectl.runWith(GADGET, "apply", "--server-side", "-f", "-")
                        .succeeds()
                        .output())
                .isEqualTo("gadget.contract.sluice.dev/a serverside-applied\n");
        String other = GADGET.replace("owner: abc", "owner: xyz");
        assertThat(kubectl.runWith(other, "apply", "--server-side", "--field-manager=other", "-f", "-")
                        .fails()
                        .errors())
                .contains("conflict with \"kubectl\"")
                .contains(".spec.owner");
        kubectl.runWith(other, "apply", "--server-side", "--field-manager=other", "--force-conflicts", "-f", "-")
                .succeeds();
        assertThat(kubectl.run("get", "gadget", "a", "-o", "jsonpath={.spec.owner}")
                        .succeeds()
                        .output())
                .isEqualTo("xyz");
    }

    @Test
    void dryRunsOnServer() {
        assertThat(kubectl.runWith(GADGET, "apply", "--dry-run=server", "-f", "-")
                        .succeeds()
                        .output())
                .isEqualTo("gadget.contract.sluice.dev/a created (server dry run)\n");
        kubectl.run("get", "gadget", "a").fails();
    }

    @Test
    void annotatesAndLabels() {
        kubectl.runWith(GADGET, "apply", "-f", "-").succeeds();
        kubectl.run("annotate", "gadget", "a", "reconcile.fluxcd.io/requestedAt=now")
                .succeeds();
        assertThat(kubectl.run("annotate", "gadget", "a", "reconcile.fluxcd.io/requestedAt=later")
                        .fails()
                        .errors())
                .contains("--overwrite");
        kubectl.run("annotate", "--overwrite", "gadget", "a", "reconcile.fluxcd.io/requestedAt=later")
                .succeeds();
        kubectl.run("label", "gadgets", "--all", "color=red").succeeds();
        assertThat(kubectl.run("get", "gadgets", "-l", "color=red", "-o", "name")
                        .succeeds()
                        .lines())
                .hasSize(1);
        kubectl.run("label", "gadget", "a", "color-").succeeds();
        assertThat(kubectl.run("get", "gadgets", "-l", "color", "-o", "name")
                        .succeeds()
                        .output())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    merge     | gadget    | {"spec":{"size":7}}                                | {.spec.size}  | 7
                    json      | gadget    | [{"op":"replace","path":"/spec/size","value":8}]   | {.spec.size}  | 8
                    strategic | configmap | {"data":{"x":null,"y":"z"}}                        | {.data}       | {"y":"z"}
                    merge     | configmap | {"data":{"x":null,"y":"w"}}                        | {.data}       | {"y":"w"}
                    json      | configmap | [{"op":"add","path":"/data/n","value":"m"}]        | {.data.n}     | m
                    """)
    void patches(String type, String kind, String patch, String path, String expected) {
        kubectl.runWith(GADGET, "apply", "-f", "-").succeeds();
        kubectl.runWith(ConfigMaps.holding("a", "{x: '1'}"), "apply", "-f", "-").succeeds();
        kubectl.run("patch", kind, "a", "--type=" + type, "-p", patch).succeeds();
        assertThat(kubectl.run("get", kind, "a", "-o", "jsonpath=" + path)
                        .succeeds()
                        .output())
                .isEqualTo(expected);
    }

    @Test
    void patchesTheStatus() {
        kubectl.runWith(GADGET, "apply", "-f", "-").succeeds();
        kubectl.run(
                        "patch",
                        "gadget",
                        "a",
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        "{\"status\":{\"note\":\"x\"}}")
                .succeeds();
        assertThat(kubectl.run("get", "gadget", "a", "-o", "jsonpath={.status.note}")
                        .succeeds()
                        .output())
                .isEqualTo("x");
    }

    @Test
    void deletesAndWaits() {
        kubectl.runWith(GADGET, "apply", "-f", "-").succeeds();
        assertThat(kubectl.run("delete", "gadget", "a").succeeds().output())
                .startsWith("gadget.contract.sluice.dev \"a\" deleted");
        kubectl.run("get", "gadget", "a").fails();
        assertThat(kubectl.run("delete", "gadget", "a", "--ignore-not-found")
                        .succeeds()
                        .output())
                .isEmpty();
        kubectl.runWith(GADGET, "apply", "-f", "-").succeeds();
        kubectl.run("delete", "gadgets", "--all").succeeds();
        assertThat(kubectl.run("get", "gadgets", "-o", "name").succeeds().output())
                .isEmpty();
    }

    @Test
    void deleteWaitsForFinalizers() throws Exception {
        kubectl.runWith(
                        GADGET.replace("  name: a\n", "  name: a\n  finalizers: [sluice.dev/test]\n"),
                        "apply",
                        "-f",
                        "-")
                .succeeds();
        kubectl.run("delete", "gadget", "a", "--wait=false").succeeds();
        Process waiting = kubectl.start("delete", "gadget", "a");
        try {
            assertThat(waiting.waitFor(1, TimeUnit.SECONDS)).isFalse();
            kubectl.run("patch", "gadget", "a", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}")
                    .succeeds();
            assertThat(waiting.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(waiting.exitValue()).isZero();
        } finally {
            waiting.destroyForcibly();
        }
    }

    @Test
    void waitsForConditionsAndDeletion() throws Exception {
        kubectl.runWith(GADGET, "apply", "-f", "-").succeeds();
        assertThat(kubectl.run("wait", "gadget/a", "--for=condition=Ready", "--timeout=1s")
                        .fails()
                        .errors())
                .contains("timed out");
        Process waiting = kubectl.start("wait", "gadget/a", "--for=condition=Ready", "--timeout=60s");
        try {
            http.patch(
                            Paths.gadgets(namespace) + "/a/status",
                            Http.MERGE_PATCH,
                            "status: {conditions: [{type: Ready, status: 'True'}]}")
                    .ok();
            assertThat(waiting.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(waiting.exitValue()).isZero();
        } finally {
            waiting.destroyForcibly();
        }
        kubectl.run("wait", "gadget/a", "--for=jsonpath={.spec.size}=5", "--timeout=30s")
                .succeeds();
        kubectl.run("delete", "gadget", "a").succeeds();
        kubectl.run("wait", "gadget/a", "--for=delete", "--timeout=30s").succeeds();
    }

    @Test
    void listsApiResources() {
        String resources = kubectl.run("api-resources").succeeds().output();
        assertThat(resources).containsPattern("gadgets +gd +contract.sluice.dev/v1 +true +Gadget");
        assertThat(resources).containsPattern("configmaps +cm +v1 +true +ConfigMap");
        assertThat(resources).containsPattern("namespaces +ns +v1 +false +Namespace");
        assertThat(kubectl.run("api-versions").succeeds().lines()).contains("v1", "contract.sluice.dev/v1");
        assertThat(kubectl.run("version").succeeds().output()).contains("Server Version: v1.");
    }

    @Test
    void explainsTheSchema() {
        assertThat(kubectl.run("explain", "gadgets.spec.size").succeeds().output())
                .containsPattern("GROUP: +contract.sluice.dev")
                .containsPattern("FIELD: +size +<integer>")
                .contains("How large it is.");
        assertThat(kubectl.run("explain", "gadget", "--recursive").succeeds().output())
                .contains("A thing to test with.")
                .containsPattern("ports\t<\\[\\]Object>");
        assertThat(kubectl.run("explain", "configmap.data").succeeds().output()).contains("FIELD: data");
    }

    @Test
    void createsBuiltInKindsFromFiles() {
        kubectl.runWith(
                        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {user: me}\n",
                        "create",
                        "-f",
                        "-")
                .succeeds();
        assertThat(kubectl.run("get", "secret", "s", "-o", "jsonpath={.data.user}")
                        .succeeds()
                        .output())
                .isEqualTo("bWU=");
        kubectl.runWith("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: robot}\n", "create", "-f", "-")
                .succeeds();
        assertThat(kubectl.run("get", "sa", "robot", "-o", "name").succeeds().output())
                .isEqualTo("serviceaccount/robot\n");
        assertThat(kubectl.run("get", "ns", namespace).succeeds().output()).contains("Active");
    }

    @Test
    void createsBuiltInKindsFromItsFlags() {
        kubectl.run("create", "secret", "generic", "s", "--from-literal=user=me")
                .succeeds();
        assertThat(kubectl.run("get", "secret", "s", "-o", "jsonpath={.data.user}")
                        .succeeds()
                        .output())
                .isEqualTo("bWU=");
        kubectl.run("create", "configmap", "c", "--from-literal=k=v").succeeds();
        assertThat(kubectl.run("get", "cm", "c", "-o", "jsonpath={.data.k}")
                        .succeeds()
                        .output())
                .isEqualTo("v");
        assertThat(kubectl.run("create", "serviceaccount", "robot").succeeds().output())
                .isEqualTo("serviceaccount/robot created\n");
    }

    @Test
    void replacesAnObject() {
        kubectl.runWith(GADGET, "create", "-f", "-").succeeds();
        assertThat(kubectl.runWith(GADGET.replace("size: 5", "size: 6"), "replace", "-f", "-")
                        .succeeds()
                        .output())
                .isEqualTo("gadget.contract.sluice.dev/a replaced\n");
    }
}
