package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests common contents of users' directories and manifests. */
class LocalInputTest {

    private static final String ALL = """
            artifacts:
            - name: all
              copy: [{from: "@src/**", to: "@artifact/"}]
            """;

    @TempDir
    private Path directory;

    private Workspace workspace = new Workspace(Path.of(""));

    @BeforeEach
    void makeSource() throws IOException {
        workspace = new Workspace(directory).file("src/a.yaml", "a: 1\n").generator(ALL);
    }

    @Test
    void excludesOutputBelowASource() throws IOException {
        Set<String> revisions = new TreeSet<>();
        for (int run = 0; run < 3; run++) {
            CommandRun build = run("build", "--output", workspace.path("src/out"));
            revisions.add(build.out());
        }
        run("build", "--output", workspace.path("src/other"));

        assertThat(revisions).hasSize(1);
        assertThat(workspace.files("src/out")).containsExactly(".sluice-build", "all/a.yaml");
        assertThat(workspace.files("src/other")).containsExactly(".sluice-build", "all/a.yaml");
        CommandRun diff = run("diff", "--against", workspace.path("src/out"));
        assertThat(diff.exitCode()).isZero();
        assertThat(diff.out()).isEmpty();
    }

    @Test
    void rejectsASourceAsOutputDirectory() {
        CommandRun run = run("build", "--output", workspace.path("src"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is the directory of source \"src\"; choose another one");
        assertThat(directory.resolve("src/all")).doesNotExist();
    }

    @Test
    void appliesIgnoreFilesBelowTheirDirectories() throws IOException {
        workspace
                .file("src/app/.sourceignore", "*.md\n!keep.md\n")
                .file("src/app/drop.md", "d")
                .file("src/app/keep.md", "k")
                .file("src/top.md", "t");

        run("build", "--output", workspace.path("out"));

        assertThat(workspace.files("out/all")).containsExactly("a.yaml", "app/.sourceignore", "app/keep.md", "top.md");
    }

    @Test
    void hintsAtALinkInACopyOperation() throws IOException {
        Files.createSymbolicLink(directory.resolve("src/link.yaml"), Path.of("a.yaml"));
        Files.createSymbolicLink(directory.resolve("src/dir"), Path.of("."));
        workspace.generator("""
                artifacts:
                - {name: file, copy: [{from: "@src/link.yaml", to: "@artifact/"}]}
                - {name: below, copy: [{from: "@src/dir/a.yaml", to: "@artifact/"}]}
                - {name: none, copy: [{from: "@src/none", to: "@artifact/"}]}
                """);

        List<String> errors =
                run("build", "--output", workspace.path("out")).err().lines().toList();

        assertThat(errors.get(0))
                .endsWith(
                        "does not exist in source \"src\"; \"link.yaml\" is a symbolic link, and links are excluded from"
                                + " sources; use its target");
        assertThat(errors.get(1)).contains("\"dir\" is a symbolic link");
        assertThat(errors.get(2)).doesNotContain("link");
    }

    @Test
    void reportsAFailureOfTheCommandAsJson() throws IOException {
        workspace.file("src.tar.gz", "no archive");
        for (String command : List.of("build", "diff")) {
            CommandRun run = CommandRun.of(
                    command,
                    "-f",
                    workspace.path("generator.yaml"),
                    "--source",
                    "src=" + workspace.path("src.tar.gz"),
                    command.equals("build") ? "--output" : "--against",
                    workspace.path("out"),
                    "-o",
                    "json");
            JsonObject report = JsonParser.parseString(run.out()).getAsJsonObject();

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(report.getAsJsonArray("artifacts")).isEmpty();
            assertThat(report.get("error").getAsString()).startsWith("cannot read source \"src\"");
        }
    }

    @Test
    void readsAKubectlListFromStandardInput() throws IOException {
        String list = "apiVersion: v1\nkind: List\nitems:\n"
                + "- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: app}\n"
                + ("- " + Workspace.manifest("app", ALL).indent(2).strip()) + "\n";

        CommandRun run = CommandRun.withInput(
                list,
                "build",
                "-f",
                "-",
                "--source",
                "src=" + workspace.path("src"),
                "--output",
                workspace.path("out"));

        assertThat(run.err()).isEmpty();
        assertThat(workspace.files("out/all")).containsExactly("a.yaml");
    }

    @Test
    void rejectsAnUnsupportedApiVersion() throws IOException {
        workspace.file("generator.yaml", Workspace.manifest("app", ALL).replace("v1beta1", "v7"));

        CommandRun run = run("build", "--output", workspace.path("out"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("ArtifactGenerator \"app\": unsupported apiVersion \"source.extensions.fluxcd.io/v7\"; use"
                        + " \"source.extensions.fluxcd.io/v1beta1\"");
    }

    @Test
    void hintsAtAChartAtTheRootOfAnArtifact() throws IOException {
        workspace.file("src/chart/Chart.yaml", "name: app\n").generator("""
                artifacts:
                - {name: root, copy: [{from: "@src/chart/**", to: "@artifact/"}]}
                - {name: named, copy: [{from: "@src/chart", to: "@artifact/"}]}
                """);

        CommandRun run = run("build", "--output", workspace.path("out"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("hint: artifact \"root\": Chart.yaml is at its root");
    }

    @Test
    void reportsADirectoryNameThatIsNotAValidLabel() throws IOException {
        workspace.file("src/apps/_shared/a.yaml", "a").generator("""
                pathPattern: "@src/apps/{app}"
                artifacts:
                - {name: "{app}", copy: [{from: "@src/apps/{app}/**", to: "@artifact/"}]}
                """);

        CommandRun run = run("build", "--output", workspace.path("out"));

        assertThat(run.err())
                .contains(
                        "value \"_shared\" of capture \"app\" is not a valid label value (letters, digits, '-', '_' and"
                                + " '.', a letter or digit at both ends, at most 63 characters); rename directory"
                                + " \"apps/_shared\", or exclude it with .sourceignore or a narrower pattern");
    }

    private CommandRun run(String command, String... more) {
        return workspace.run(command, List.of(), more);
    }
}
