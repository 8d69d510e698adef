package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {

    private static final String ONE = """
        artifacts:
        - name: one
          copy: [{from: "@src/**", to: "@artifact/"}]
        """;

    @TempDir
    Path directory = Path.of("");

    private Workspace workspace = new Workspace(Path.of(""));

    @BeforeEach
    void buildBefore() throws IOException {
        workspace = new Workspace(directory)
                .file("src/same", "same")
                .file("src/changed", "a\nb\nc\n")
                .file("src/gone", "gone")
                .file("src/run", "run")
                .generator(ONE);
        workspace.build("--archive");
    }

    private void change() throws IOException {
        workspace.file("src/changed", "a\nB\nc\n").file("src/new/file", "new").executable("src/run");
        Files.delete(directory.resolve("src/gone"));
        Files.createDirectory(directory.resolve("src/empty"));
    }

    @Test
    void printsNothingWithoutChanges() {
        assertThat(workspace.diff()).isEqualTo(new CommandRun(0, "", ""));
    }

    @Test
    void showsChangedFiles() throws IOException {
        change();

        CommandRun run = workspace.diff();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("""
            artifact one: changed, 5 differences
            M  changed
               @@ -1,3 +1,3 @@
                a
               -b
               +B
                c
            A  empty/
            D  gone
            A  new/file
            M  run  (now executable)
            """);
    }

    @Test
    void comparesInputsAndArtifactsOfOtherNamespaces() throws IOException {
        String both = """
                artifacts:
                - name: one
                  inputsFrom: "@src/inputs.json"
                  copy: [{from: "@src/same", to: "@artifact/same"}]
                - name: one
                  namespace: team-a
                  copy: [{from: "@src/same", to: "@artifact/same"}]
                """;
        workspace
                .file("src/inputs.json", "{\"a\": 1, \"b\": [2]}")
                .generator(both)
                .build();
        workspace.file("src/inputs.json", "{\"b\": [2.0], \"a\": 1}");
        assertThat(workspace.diff()).isEqualTo(new CommandRun(0, "", ""));

        workspace.file("src/inputs.json", "{\"a\": 3, \"b\": [2]}").generator(both.replace("team-a", "team-b"));
        assertThat(workspace.diff("--name-status").out()).isEqualTo("""
                artifact one: changed, 1 difference
                M  status.exportedInputs
                artifact team-b/one: added, 1 difference
                A  same
                artifact team-a/one: removed, 1 difference
                D  same
                """);
        assertThat(workspace.diff("--artifact", "team-b/one", "--name-status").out())
                .isEqualTo("artifact team-b/one: added, 1 difference\nA  same\n");
        assertThat(workspace.diff("--artifact", "team-b/one", "-o", "json").out())
                .contains("\"namespace\": \"team-b\"");
    }

    @Test
    void ignoresMergedFilesWithEqualValues() throws IOException {
        workspace
                .file("src/base.yaml", "a: 1\nb: [x]\n")
                .file("src/prod.yaml", "a: 2\n")
                .file("out/two/v.yaml", "b: ['x']\na: 0x2 # as published\n")
                .generator("""
                    artifacts:
                    - name: two
                      copy:
                      - {from: "@src/base.yaml", to: "@artifact/v.yaml"}
                      - {from: "@src/prod.yaml", to: "@artifact/v.yaml", strategy: Merge}
                    """);

        assertThat(workspace.diff("--artifact", "two")).isEqualTo(new CommandRun(0, "", ""));

        workspace.file("src/prod.yaml", "a: 3\n");
        CommandRun changed = workspace.diff("--artifact", "two", "--name-status");
        assertThat(changed.exitCode()).isEqualTo(1);
        assertThat(changed.out()).contains("M  v.yaml");
    }

    @Test
    void showsNamesOnlyOnRequest() throws IOException {
        change();

        assertThat(workspace.diff("--name-status").out()).doesNotContain("@@").contains("M  changed\n");
    }

    @Test
    void printsOneJsonObject() throws IOException {
        change();

        JsonObject one = JsonParser.parseString(workspace.diff("-o", "json").out())
                .getAsJsonObject()
                .getAsJsonArray("artifacts")
                .get(0)
                .getAsJsonObject();

        assertThat(one.get("status").getAsString()).isEqualTo("changed");
        assertThat(one.getAsJsonArray("changes").get(4).toString())
                .isEqualTo("{\"path\":\"run\",\"change\":\"mode\",\"modeChanged\":true}");
    }

    @Test
    void comparesWithAPublishedArchive() throws IOException {
        List<String> against = List.of("--against", workspace.path("out/one.tar.gz"));
        assertThat(workspace.run("diff", against).exitCode()).isZero();
        change();

        CommandRun run = workspace.run("diff", against);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo(workspace.diff().out());
    }

    @Test
    void comparesWithAnArchiveInTheOutputDirectory() throws IOException {
        workspace.file("archives/placeholder", "");
        Files.copy(directory.resolve("out/one.tar.gz"), directory.resolve("archives/one.tar.gz"));

        assertThat(workspace
                        .run("diff", List.of("--against", workspace.path("archives")))
                        .exitCode())
                .isZero();
    }

    @Test
    void showsAddedAndRemovedArtifacts() throws IOException {
        workspace.generator(ONE.replace("one", "two"));

        CommandRun run = workspace.diff("--name-status");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "artifact two: added, 4 differences\nA  changed",
                        "artifact one: removed, 4 differences\nD  changed");
    }

    @Test
    void comparesOneOfSeveral() throws IOException {
        workspace.generator(ONE + ONE.replace("artifacts:\n", "").replace("one", "two"));
        String archive = workspace.path("out/one.tar.gz");

        assertThat(workspace.run("diff", List.of("--against", archive)).err()).contains("has 2 artifacts; choose");
        assertThat(workspace
                        .run("diff", List.of("--against", archive), "--artifact", "one")
                        .exitCode())
                .isZero();
        assertThat(workspace.diff("--artifact", "three").err()).contains("has no artifact \"three\"");
    }

    @Test
    void failsForAnArtifactThatCannotBeRendered() throws IOException {
        workspace.generator(ONE.replace("@src/**", "@src/none/**"));

        CommandRun run = workspace.diff();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("artifact \"one\": copy[0] from \"@src/none/**\"");
    }

    @Test
    void failsForAnUnreadableBaseline() {
        CommandRun run = workspace.run("diff", List.of("--against", workspace.path("nothing")));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("cannot read").contains("does not exist");
    }

    @Test
    void doesNotShowBinaryFilesAsText() throws IOException {
        workspace.file("src/same", "\0binary");

        assertThat(workspace.diff().out()).contains("M  same\n").doesNotContain("@@");
    }
}
