package dev.sluice.reconciler.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.spec.TerminalException;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.ManagedNamespaces;
import dev.sluice.toolkit.extensions.ManagedNamespacesMetadata;
import dev.sluice.toolkit.extensions.NamespaceMetadataFromSource;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which metadata file belongs to a namespace, and what happens without one. */
class NamespaceFilesTest {

    private static final FileTree SOURCE = tree("tenants/Red/ns.yaml", "metadata: {labels: {team: red}}");
    private static final PlannedArtifact FIRST =
            new PlannedArtifact(Samples.output("{tenant}", "app"), Map.of("tenant", "red"), Map.of("tenant", "Red"));

    @ParameterizedTest
    @ValueSource(
            strings = {"@app/tenants/{tenant}/ns.yaml", "@app/x/../tenants/{tenant}/ns.yaml", "@artifact/built.yaml"})
    void readsTheAllowedPartOfTheFile(String path) throws Exception {
        assertThat(read(path, Optional.of(tree("built.yaml", "metadata: {labels: {team: red, other: x}}"))))
                .isEqualTo(Map.of("team", "red"));
    }

    @ParameterizedTest
    @CsvSource({
        "@app/tenants/{tenant}/missing.yaml, failed to read namespace metadata file \"@app/tenants/Red/missing.yaml\": there is",
        "@app/tenants, failed to read namespace metadata file \"@app/tenants\"",
        "@other/ns.yaml, failed to read namespace metadata file \"@other/ns.yaml\": source alias \"other\" not found",
        "@artifact/ns.yaml, failed to read namespace metadata file \"@artifact/ns.yaml\": artifact app was not built",
        "@app/../ns.yaml, invalid namespace metadata path \"@app/../ns.yaml\": ",
        "@app/, invalid namespace metadata path \"@app/\": the path is empty",
        "@app/{unknown}.yaml, invalid namespace metadata path \"@app/{unknown}.yaml\": "
    })
    void aMissingFileFailsTheNamespaceAndIsRetried(String path, String message) {
        assertThatThrownBy(() -> read(path, Optional.empty()))
                .hasMessageStartingWith(message)
                .isInstanceOfSatisfying(
                        NamespaceFailure.class, e -> assertThat(e.isFinal()).isFalse());
    }

    @Test
    void aFileOfMoreThanAMebibyteFailsTheNamespace() {
        FileTree large = tree("ns.yaml", "#".repeat(1_048_577));

        assertThatThrownBy(() -> read("@artifact/ns.yaml", Optional.of(large)))
                .hasMessageEndingWith("file exceeds the maximum size of 1048576 bytes");
    }

    @Test
    void allArtifactsOfANamespaceNameTheSameFile() {
        assertThatThrownBy(() -> NamespaceRules.compile(generator("@app/{tenant}/{app}/ns.yaml", "true")))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("capture \"app\" does not decide the namespace of artifact");
    }

    @ParameterizedTest
    @CsvSource({"ns +, true, managedNamespaces allowedNames: ", "true, value +, managedNamespaces metadata fromSource: "
    })
    void anInvalidExpressionIsTerminal(String names, String labels, String message) {
        assertThatThrownBy(() -> NamespaceRules.compile(generator("@app/ns.yaml", names, labels)))
                .isInstanceOf(TerminalException.class)
                .hasMessageStartingWith(message);
    }

    private static Map<String, String> read(String path, Optional<FileTree> built) throws Exception {
        NamespaceRules rules = new NamespaceRules(
                true,
                AllowedNames.compile(List.of("true")),
                List.of(),
                Optional.of(path),
                Optional.of(AllowedMetadata.compile(file(path, "true"))));
        try (RunBudget budget = new ProcessBudget(BudgetLimits.defaults()).open(Samples.key("gen"))) {
            return new NamespaceFiles(Map.of("app", SOURCE), budget)
                    .read(rules, FIRST, built.map(tree -> () -> tree))
                    .labels();
        }
    }

    private static ArtifactGenerator generator(String path, String labels) {
        return generator(path, "true", labels);
    }

    private static ArtifactGenerator generator(String path, String names, String labels) {
        OutputArtifact artifact = Samples.output("{tenant}", "{app}");
        return Samples.generator(
                "gen",
                new ArtifactGeneratorSpec(
                        List.of(Samples.git("app")),
                        List.of(artifact),
                        "@app/{tenant}/{app}",
                        null,
                        "deployer",
                        new ManagedNamespaces(
                                List.of(names), true, new ManagedNamespacesMetadata(file(path, labels), List.of())),
                        List.of()));
    }

    private static NamespaceMetadataFromSource file(String path, String labels) {
        return new NamespaceMetadataFromSource(path, Map.of(), Map.of("team", labels));
    }

    private static FileTree tree(String path, String content) {
        try {
            return FileTree.builder()
                    .putFile(TreePath.of(path), FileEntry.of(false, content.getBytes(StandardCharsets.UTF_8)))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
