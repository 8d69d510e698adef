package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuildCommandTest {

    private static final String TWO = """
            artifacts:
            - name: one
              copy: [{from: "@src/one/**", to: "@artifact/"}]
            - name: two
              copy: [{from: "@src/two/**", to: "@artifact/x/"}]
            """;

    private static final String ALL = """
            artifacts:
            - name: all
              copy: [{from: "@src/", to: "@artifact/"}]
            """;

    @TempDir
    Path directory = Path.of("");

    private Workspace workspace = new Workspace(Path.of(""));

    @BeforeEach
    void makeSource() throws IOException {
        workspace = new Workspace(directory)
                .file("src/one/run", "#!/bin/sh\n")
                .executable("src/one/run")
                .file("src/one/logo.png", "not published")
                .file("src/two/a/b", "b");
    }

    @Test
    void writesEachArtifactToItsDirectory() throws IOException {
        CommandRun run = workspace.generator(TWO).build();

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(workspace.files("out")).containsExactly("*one/run", ".sluice-build", "two/x/a/b");
        assertThat(run.out().lines().map(line -> line.replaceFirst(" .*", ""))).containsExactly("NAME", "one", "two");
    }

    @Test
    void writesTheServedArchives() throws IOException {
        workspace.generator(TWO).build("--archive");
        workspace.tarball("out/one", "again.tar.gz");

        assertThat(workspace.files("out"))
                .containsExactly("*one/run", ".sluice-build", "one.tar.gz", "two.tar.gz", "two/x/a/b");
        assertThat(directory.resolve("out/one.tar.gz")).hasSameBinaryContentAs(directory.resolve("again.tar.gz"));
    }

    @Test
    void showsNamespacesAndExportedInputs() throws IOException {
        CommandRun run = workspace
                .file("src/inputs.yaml", "region: eu\nreplicas: 3\n")
                .generator("""
                        artifacts:
                        - name: one
                          inputsFrom: "@src/inputs.yaml"
                          copy: [{from: "@src/one/**", to: "@artifact/"}]
                        - name: one
                          namespace: team-a
                          inputsFrom: "@artifact/logo.png"
                          copy: [{from: "@src/two/**", to: "@artifact/"}, {from: "@src/inputs.yaml", to: "@artifact/logo.png"}]
                        """)
                .build();

        assertThat(run.err()).isEmpty();
        assertThat(workspace.files("out"))
                .containsExactly(
                        "*one/run", ".sluice-build", "one@inputs.json", "one@team-a/a/b", "one@team-a@inputs.json");
        assertThat(JsonParser.parseString(workspace.text("out/one@inputs.json")))
                .isEqualTo(JsonParser.parseString("{\"region\": \"eu\", \"replicas\": 3}"));
        assertThat(run.out()
                        .lines()
                        .map(line -> line.replaceFirst(" +latest@.*", "")
                                .replaceAll("\\d+ B", "SIZE")
                                .replaceAll(" +", " ")))
                .containsExactly(
                        "NAME NAMESPACE FILES SIZE INPUTS REVISION", "one apps 1 SIZE 2", "one team-a 1 SIZE 2");
        JsonObject second = artifacts(workspace.build("-o", "json")).get(1).getAsJsonObject();
        assertThat(second.get("namespace").getAsString()).isEqualTo("team-a");
        assertThat(second.getAsJsonObject("exportedInputs").get("replicas").getAsInt())
                .isEqualTo(3);
    }

    @Test
    void explainsWhereFilesComeFrom() throws IOException {
        workspace
                .file("src/values.yaml", "a: 1\n")
                .file("src/over.yaml", "b: 2\n")
                .file("src/\u001b[31m\nred", "hostile name")
                .generator("""
                        artifacts:
                        - name: one
                          copy:
                          - {from: "@src/one/**", to: "@artifact/"}
                          - {from: "@src/over.yaml", to: "@artifact/v"}
                          - {from: "@src/values.yaml", to: "@artifact/v"}
                          - {from: "@src/over.yaml", to: "@artifact/v", strategy: Merge}
                          - {from: "@src/", to: "@artifact/all", exclude: [one, two, "*.yaml"]}
                          - {from: "@src/none", to: "@artifact/", optional: true}
                        """);

        CommandRun run = workspace.build("--explain", "--revision", "src=main@sha1:abc");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsSequence(
                        "source @src: GitRepository/apps/repo, revision main@sha1:abc",
                        "",
                        "artifact one:",
                        "copy[0] from \"@src/one/**\" to \"@artifact/\"")
                .containsSequence(
                        "copy[5] from \"@src/none\" to \"@artifact/\": nothing copied,"
                                + " path \"none\" does not exist in source \"src\"",
                        "FILE FROM BY",
                        "all/\\u001b[31m\\nred @src/\\u001b[31m\\nred copied by copy[4]",
                        "run @src/one/run copied by copy[0]",
                        "v @src/values.yaml copied by copy[2]",
                        " @src/over.yaml merged by copy[3]",
                        " @src/over.yaml copied by copy[1], overwritten by copy[2]",
                        "logo.png @src/one/logo.png ignored by \"*.png\"",
                        "- @src/one/ excluded by \"one\" of copy[4]",
                        "- @src/over.yaml excluded by \"*.yaml\" of copy[4]",
                        "- @src/two/ excluded by \"two\" of copy[4]",
                        "- @src/values.yaml excluded by \"*.yaml\" of copy[4]");
        assertThat(workspace.build().out()).doesNotContain("copied by");
    }

    @Test
    void explainsInJson() throws IOException {
        CommandRun run = workspace.generator(TWO).build("--explain", "-o", "json");

        JsonObject report = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(report.get("sources").toString())
                .startsWith("[{\"alias\":\"src\",\"kind\":\"GitRepository\",\"namespace\":\"apps\",\"name\":\"repo\","
                        + "\"revision\":\"local@sha256:");
        assertThat(artifacts(run).get(0).getAsJsonObject().get("provenance")).isEqualTo(JsonParser.parseString("""
                        {"operations": [{"from": "@src/one/**", "to": "@artifact/", "nothing": null}],
                         "files": [{"path": "run", "overwritten": [], "from": [{"action": "copied", "operation": 0,
                            "source": "src", "path": "one/run", "member": null}]}],
                         "ignored": [{"path": "logo.png", "pattern": "*.png", "overwritten": [], "from": [{"action":
                            "copied", "operation": 0, "source": "src", "path": "one/logo.png", "member": null}]}],
                         "leftOut": []}
                        """));
        assertThat(workspace.build("-o", "json").out())
                .doesNotContain("provenance")
                .doesNotContain("sources");
    }

    @Test
    void reportsInputsThatCannotBeRead() throws IOException {
        CommandRun run = workspace.generator("""
                        artifacts:
                        - name: one
                          namespace: team-a
                          inputsFrom: "@src/none.yaml"
                          copy: [{from: "@src/one/**", to: "@artifact/"}]
                        """).build();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("artifact \"team-a/one\": inputs failed: failed to read inputs file \"@src/none.yaml\"");
    }

    @Test
    void printsOneJsonObject() throws IOException {
        JsonObject one = artifacts(workspace.generator(TWO).build("-o", "json", "--archive"))
                .get(0)
                .getAsJsonObject();

        assertThat(one.keySet())
                .containsExactly(
                        "name",
                        "namespace",
                        "revision",
                        "originRevision",
                        "digest",
                        "size",
                        "files",
                        "exportedInputs",
                        "error");
        assertThat(one.get("namespace").getAsString()).isEqualTo("apps");
        assertThat(one.get("revision").getAsString()).matches("latest@sha256:[0-9a-f]{64}");
        assertThat(one.get("originRevision").isJsonNull()).isTrue();
        assertThat(one.get("digest").getAsString()).matches("sha256:[0-9a-f]{64}");
        assertThat(one.get("size").getAsLong()).isEqualTo(Files.size(directory.resolve("out/one.tar.gz")));
        assertThat(one.get("files").getAsInt()).isEqualTo(1);
        assertThat(one.get("error").isJsonNull()).isTrue();
    }

    @Test
    void aFailedArtifactDoesNotStopTheOthers() throws IOException {
        CommandRun run = workspace.generator("""
                        artifacts:
                        - name: bad
                          copy: [{from: "@src/one/run", to: "@artifact/"}, {from: "@src/none", to: "@artifact/x"}]
                        - name: good
                          copy: [{from: "@src/two", to: "@artifact/"}]
                        """).build("-o", "json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("error: artifact \"bad\": copy[1] from \"@src/none\" to \"@artifact/x\": "
                        + "path \"none\" does not exist in source \"src\"\n");
        assertThat(artifacts(run).get(0).getAsJsonObject().get("error").getAsString())
                .contains("copy[1]");
        assertThat(workspace.files("out")).containsExactly(".sluice-build", "good/two/a/b");
    }

    @Test
    void usesAContentRevisionOfALocalSourceByDefault() throws IOException {
        workspace.generator("""
                artifacts:
                - name: one
                  revision: "@src"
                  originRevision: "@src"
                  copy: [{from: "@src/one", to: "@artifact/"}]
                """);

        JsonObject local = artifacts(workspace.build("-o", "json")).get(0).getAsJsonObject();
        JsonObject given = artifacts(workspace.build("-o", "json", "--revision", "src=main@sha1:abc"))
                .get(0)
                .getAsJsonObject();

        assertThat(local.get("revision").getAsString()).matches("local@sha256:[0-9a-f]{64}");
        assertThat(local.get("originRevision")).isEqualTo(local.get("revision"));
        assertThat(given.get("revision").getAsString()).isEqualTo("main@sha1:abc");
        assertThat(given.get("originRevision").getAsString()).isEqualTo("main@sha1:abc");
    }

    @Test
    void acceptsATarballAsSource() throws IOException {
        workspace.generator(TWO).build();
        workspace.tarball("src", "src.tar.gz");
        CommandRun run = CommandRun.of(
                "build",
                "-f",
                workspace.path("generator.yaml"),
                "--source",
                "src=" + workspace.path("src.tar.gz"),
                "--output",
                workspace.path("tar"));

        assertThat(run.exitCode()).isZero();
        assertThat(workspace.files("tar")).isEqualTo(workspace.files("out"));
    }

    @Test
    void appliesTheSourceignoreFileOfADirectory() throws IOException {
        workspace.file("src/.sourceignore", "/one\n").generator(ALL);

        assertThat(workspace.build().exitCode()).isZero();
        assertThat(workspace.files("out/all")).containsExactly(".sourceignore", "two/a/b");
    }

    @Test
    void excludesOnlyGitFromADirectoryByDefault() throws IOException {
        workspace.file("src/.git/config", "x").generator("""
                        artifacts:
                        - {name: logo, copy: [{from: "@src/one/logo.png", to: "@artifact/logo"}]}
                        - {name: git, copy: [{from: "@src/.git/config", to: "@artifact/config"}]}
                        """);

        CommandRun run = workspace.build();

        assertThat(run.err()).contains("artifact \"git\"").doesNotContain("artifact \"logo\"");
        assertThat(workspace.build("--default-ignores").err()).contains("artifact \"git\"", "artifact \"logo\"");
    }

    @Test
    void rendersAnArtifactForEachDirectoryOfAPathPattern() throws IOException {
        workspace.generator("""
                pathPattern: "@src/{dir}"
                artifacts:
                - name: "x-{dir}"
                  copy: [{from: "@src/{dir}/**", to: "@artifact/"}]
                """);

        assertThat(workspace.build().exitCode()).isZero();
        assertThat(workspace.files("out")).containsExactly("*x-one/run", ".sluice-build", "x-two/a/b");
    }

    @Test
    void replacesTheOutputOfThePreviousRun() throws IOException {
        workspace.generator(TWO).build("--archive");
        workspace.file("src/one/new", "new");
        Files.delete(directory.resolve("src/one/run"));
        workspace.generator(TWO.replace("name: two", "name: three"));

        assertThat(workspace.build().exitCode()).isZero();
        assertThat(workspace.files("out")).containsExactly(".sluice-build", "one/new", "three/x/a/b");
    }

    @Test
    void keepsFilesThatItDidNotWrite() throws IOException {
        workspace
                .file("out/one/precious", "work of a day")
                .file("out/other", "x")
                .generator(TWO);

        CommandRun run = workspace.build();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("out/one\" already exists and was not written by this command");
        assertThat(workspace.files("out")).containsExactly(".sluice-build", "one/precious", "other", "two/x/a/b");
    }

    @Test
    void requiresANameForAFileWithSeveralGenerators() throws IOException {
        workspace.file(
                "generator.yaml",
                "kind: Secret\n---\n" + Workspace.manifest("a", TWO) + "---\n" + Workspace.manifest("b", TWO));

        assertThat(workspace.build().err()).contains("choose one with --generator: \"a\", \"b\"");
        assertThat(workspace.build("--generator", "c").err())
                .contains("generator \"c\" not found; the file contains \"a\", \"b\"");
        assertThat(workspace.build("--generator", "b").exitCode()).isZero();
    }

    record Mistake(String spec, String error) {}

    private static String artifact(String fields) {
        return "artifacts: [{%s, copy: [{from: '@src/', to: '@artifact/'}]}]".formatted(fields);
    }

    private static String operation(String fields) {
        return "artifacts: [{name: a, copy: [{from: '@src/', to: '@artifact/', %s}]}]".formatted(fields);
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake("artifacts: []", "spec.artifacts must not be empty"),
                new Mistake("artifacts: {}", "spec.artifacts must be a list"),
                new Mistake("artifacts: [{copy: []}]", "spec.artifacts[0].name is required"),
                new Mistake("artifacts: [{name: a}]", "spec.artifacts[0].copy is required"),
                new Mistake("artifacts: [{name: a, copy: []}]", "spec.artifacts[0].copy must not be empty"),
                new Mistake("artifacts: [{name: 1, copy: []}]", "spec.artifacts[0].name must be a string: \"1\""),
                new Mistake("artifacts: [{name: a, coppy: []}]", "spec.artifacts[0].coppy is not a field"),
                new Mistake(artifact("name: A"), "artifact name \"A\" is not a valid"),
                new Mistake(artifact("name: a, revision: '@b'"), "revision source alias 'b' not found"),
                new Mistake(artifact("name: a, revision: b"), "spec.artifacts[0].revision \"b\" does not match"),
                new Mistake(
                        "artifacts: [{name: a, copy: [{from: x, to: '@artifact/'}]}]",
                        "spec.artifacts[0].copy[0].from \"x\" does not match ^@("),
                new Mistake(
                        operation("strategy: Copy"),
                        "spec.artifacts[0].copy[0].strategy \"Copy\" is not supported; use one of Overwrite, Merge"),
                new Mistake(operation("exclude: [1]"), "spec.artifacts[0].copy[0].exclude[0] must be a string"),
                new Mistake(
                        operation("exclude: [" + "a, ".repeat(101) + "]"),
                        "spec.artifacts[0].copy[0].exclude has 101 items; the limit is 100"),
                new Mistake(operation("optional: maybe"), "optional must be true or false"),
                new Mistake("commonMetadata: {labels: {a: 1}}\n" + artifact("name: a"), "labels.a must be a string"),
                new Mistake("pathPattern: '@src/{'\n" + artifact("name: a"), "failed to expand path pattern"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void reportsAnErrorInTheGenerator(Mistake mistake) throws IOException {
        CommandRun run = workspace.generator(mistake.spec).build();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: ").contains(mistake.error);
        assertThat(run.out()).isEmpty();
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void reportsAMissingOrUnknownSource() throws IOException {
        workspace.generator(TWO);
        String file = workspace.path("generator.yaml");

        assertThat(CommandRun.of("build", "-f", file, "--source", "b=.", "--output", "x")
                        .err())
                .contains("source \"src\" of generator \"app\" is missing; add --source src=");
        assertThat(workspace.build("--source", "b=.").err()).contains("--source has an unknown alias \"b\"");
        assertThat(workspace.build("--revision", "b=1").err()).contains("--revision has an unknown alias \"b\"");
        assertThat(workspace.build("--source", "src=" + workspace.path("none")).err())
                .contains("source \"src\": ")
                .contains("does not exist");
    }

    @Test
    void aMissingSourceFailsOnlyTheArtifactsThatUseIt() throws IOException {
        workspace.file("src/a", "1\n").file("two.yaml", """
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: two}
                spec:
                  sources: [{alias: src, kind: Bucket, name: x}, {alias: gone, kind: Bucket, name: z}]
                  artifacts:
                  - {name: whole, copy: [{from: "@src/a", to: "@artifact/"}]}
                  - {name: copies, copy: [{from: "@src/a", to: "@artifact/"}, {from: "@gone/**", to: "@artifact/"}]}
                  - {name: named, originRevision: "@gone", copy: [{from: "@src/a", to: "@artifact/"}]}
                """);
        String[] args = {
            "build",
            "-f",
            workspace.path("two.yaml"),
            "--source",
            "src=" + workspace.path("src"),
            "--source",
            "gone=" + workspace.path("gone"),
            "--output",
            workspace.path("out")
        };

        CommandRun run = CommandRun.of(args);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(workspace.files("out")).contains("whole/a").noneMatch(file -> file.startsWith("copies/"));
        assertThat(run.err().lines())
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).contains("source \"gone\": ", workspace.path("gone") + "\" does not exist"));
    }

    @Test
    void aMissingSourceFailsItsPathPattern() throws IOException {
        workspace.generator("""
                pathPattern: "@src/{n}"
                artifacts:
                - {name: "{n}", copy: [{from: "@src/{n}/", to: "@artifact/"}]}
                """);

        CommandRun run = workspace.build("--source", "src=" + workspace.path("gone"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("source \"src\": ", "does not exist");
    }

    @Test
    void reportsACommandLineErrorWithoutTheWholeHelp() {
        CommandRun run = CommandRun.of("build", "-f", "x", "--source", "src", "--output", "y");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("error: ")
                .contains("KEY=VALUE format but was src", "build --help");
    }

    @Test
    void allowsArtifactNamesOfSourcesAndIgnoredFiles() throws IOException {
        workspace.file("src/a", "1\n").generator("""
                artifacts:
                - {name: src, copy: [{from: "@src/a", to: "@artifact/b"}]}
                - {name: x.zip, copy: [{from: "@src/a", to: "@artifact/"}]}
                - {name: cloudbuild.yaml, copy: [{from: "@src/a", to: "@artifact/"}]}
                """);

        assertThat(workspace.build().exitCode()).isZero();

        assertThat(workspace.files("out")).contains("src/b", "x.zip/a", "cloudbuild.yaml/a");
    }

    @Test
    void printsHelp() {
        CommandRun run = CommandRun.of("build", "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("without a cluster", "--source=ALIAS=PATH", "Exit codes:");
        assertThat(CommandRun.of("build").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("build", "--nonsense").exitCode()).isEqualTo(2);
    }

    @Test
    void handlesOnlyItsCommands() {
        assertThat(OfflineCommands.handles(new String[] {"build", "-f", "x"})).isTrue();
        assertThat(OfflineCommands.handles(new String[] {"diff"})).isTrue();
        assertThat(OfflineCommands.handles(new String[] {})).isFalse();
        assertThat(OfflineCommands.handles(new String[] {"--concurrent=5", "build"}))
                .isFalse();
    }

    private static JsonArray artifacts(CommandRun run) {
        return JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("artifacts");
    }
}
