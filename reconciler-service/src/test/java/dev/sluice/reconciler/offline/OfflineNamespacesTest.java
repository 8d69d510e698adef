package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Managed namespaces in {@code build} and {@code diff}. */
class OfflineNamespacesTest {

    private static final String SPEC = """
            pathPattern: "@src/tenants/{tenant}"
            commonMetadata: {labels: {env: test}}
            managedNamespaces:
              allowedNames: ["ns.startsWith('team-')"]
              prune: true
              metadata:
                fromSource:
                  path: "@src/tenants/{tenant}/ns.yaml"
                  allowedLabels: {owner: "value != 'nobody'"}
            artifacts:
            - name: app
              namespace: "{tenant}"
              copy: [{from: "@src/tenants/{tenant}/**", to: "@artifact/"}]
            """;

    private Workspace workspace = new Workspace(Path.of(""));

    @BeforeEach
    void prepare(@TempDir Path directory) throws IOException {
        workspace = new Workspace(directory).generator(SPEC);
        tenant("team-a", "metadata: {labels: {owner: ann, other: x}}");
        tenant("team-b", "metadata: {labels: {owner: bob}}");
    }

    @Test
    void buildShowsNamespacesWithTheirMetadata() throws IOException {
        CommandRun run = workspace.build();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("""
                namespace team-a: 3 labels, 0 annotations
                   label app.kubernetes.io/managed-by=source-watcher
                   label env=test
                   label owner=ann
                """);
        assertThat(workspace.text("out/team-a@namespace.json"))
                .contains("\"kind\": \"Namespace\"", "\"owner\": \"ann\"")
                .doesNotContain("other");
    }

    @Test
    void buildReportsTheNamespaceThatFailsAndRendersTheOthers() throws IOException {
        tenant("team-b", "metadata: {labels: {owner: nobody}}");
        tenant("kube-system", "");

        CommandRun run = workspace.build();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "namespace \"team-b\": namespace metadata file \"@src/tenants/team-b/ns.yaml\": label \"owner\"")
                .contains("namespace \"kube-system\" is never managed");
        assertThat(workspace.text("out/team-a@namespace.json")).contains("ann");
    }

    @Test
    void diffSaysLoudlyWhatAnEarlierBuildDoesNotHave() throws IOException {
        workspace.build();
        assertThat(workspace.diff()).isEqualTo(new CommandRun(0, "", ""));
        tenant("team-a", "metadata: {labels: {owner: eve}}");
        tenant("team-c", "");
        remove("team-b");

        CommandRun run = workspace.diff();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("namespace team-a: changed\n", "-label owner=ann", "+label owner=eve")
                .contains("namespace team-c: created: if it exists in the cluster, it is ADOPTED")
                .contains("namespace team-b: PRUNED: the namespace and everything in it is DELETED");
    }

    @Test
    void diffSaysWhatWouldHappenInACluster() throws IOException {
        workspace.build();
        workspace.file(
                "generator.yaml",
                workspace.text("generator.yaml").replace("  namespace: apps\n", "  namespace: apps\n  uid: uid-1\n"));
        tenant("team-c", "");
        tenant("team-d", "");
        workspace.file("namespaces.json", """
                {"items": [
                  {"metadata": {"name": "team-a", "labels": {"x": "y"}}},
                  {"metadata": {"name": "team-c", "labels": {"source.extensions.fluxcd.io/generator": "uid-2"}}},
                  %s, %s, %s]}
                """.formatted(
                        managed("team-d", "\"env\": \"old\", ", ""),
                        managed("team-gone", "", ""),
                        managed("team-before", "", "\"sluice.dev/adopted-by\": \"uid-1\"")));

        CommandRun run = workspace.diff("--namespaces", workspace.path("namespaces.json"));

        assertThat(run.out())
                .contains("namespace team-a: ADOPTED: it exists, and this generator does not manage it yet")
                .contains("namespace team-b: created\n")
                .contains("namespace team-c: REFUSED: another ArtifactGenerator manages it")
                .contains("namespace team-d: changed\n")
                .contains("namespace team-gone: PRUNED: the namespace and everything in it is DELETED")
                .contains("namespace team-before: released: it stays, without the labels of the generator");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void diffNeedsToKnowWhoManagesANamespace() throws IOException {
        workspace.build();
        workspace.file("namespaces.json", "{\"items\": [{\"metadata\": {\"name\": \"team-a\"}}]}");

        CommandRun run = workspace.diff("--namespaces", workspace.path("namespaces.json"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--show-managed-fields");
    }

    private static String managed(String name, String labels, String annotations) {
        return """
                {"metadata": {"name": "%s", "annotations": {%s},
                  "labels": {%s"app.kubernetes.io/managed-by": "source-watcher",
                             "source.extensions.fluxcd.io/generator": "uid-1"},
                  "managedFields": [{"manager": "source-watcher", "operation": "Apply", "fieldsV1": {"f:metadata":
                    {"f:labels": {"f:source.extensions.fluxcd.io/generator": {}}}}}]}}""".formatted(name, annotations, labels);
    }

    private void tenant(String name, String metadata) throws IOException {
        workspace.file("src/tenants/" + name + "/x.yaml", "x: 1\n");
        workspace.file("src/tenants/" + name + "/ns.yaml", metadata);
    }

    private void remove(String tenant) throws IOException {
        Path directory = workspace.directory().resolve("src/tenants/" + tenant);
        Files.delete(directory.resolve("x.yaml"));
        Files.delete(directory.resolve("ns.yaml"));
        Files.delete(directory);
    }
}
