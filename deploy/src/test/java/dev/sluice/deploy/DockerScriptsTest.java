package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that use Docker if it runs, with a stub of the program that records its arguments. */
class DockerScriptsTest {

    private static final String BUILD = """
            home=$1 images=$2 building=$2 tag=trial SLUICE_DEBIAN_TOOLS=none
            say() { :; }
            fail() { echo "$*"; exit 1; }
            . "$home/deploy/node/images.sh"
            images=$2
            mkdir -p "$images/tmp"
            name_images
            build_services
            """;

    @TempDir
    Path directory;

    @Test
    void clusterBuildsImagesWithDockerThatRuns() throws IOException {
        place("docker", "echo \"$*\" >>\"${0%/*}/calls\"");

        run("bash", "-euc", BUILD, "-", Repository.ROOT.toString(), directory.toString())
                .orFail();

        assertThat(calls())
                .containsExactly(
                        "info",
                        build("reconciler-service"),
                        save("reconciler-service"),
                        build("artifact-server-service"),
                        save("artifact-server-service"));
    }

    @Test
    void composeTrialDownloadsAnArtifactAndRemovesEverything() throws IOException {
        place("docker", """
                echo "$*" >>"${0%/*}/calls"
                case "$*" in *jsonpath*) echo http://127.0.0.1:9090/an.tar.gz ;; esac""");
        place("curl", "cd \"${0%/*}\" && touch deployment.yaml && tar -cz deployment.yaml");

        Tool.Result result = run(Repository.ROOT.resolve(".ci/compose-trial.sh").toString());

        assertThat(result.orFail().errors()).contains("downloaded http://127.0.0.1:9090/an.tar.gz");
        assertThat(calls())
                .startsWith("info", "compose version", "compose up --build --wait")
                .endsWith("compose down --volumes");
    }

    @Test
    void composeTrialRemovesEverythingAfterAFailure() throws IOException {
        place("docker", "echo \"$*\" >>\"${0%/*}/calls\"; case \"$*\" in *' up '*) exit 1 ;; esac");

        Tool.Result result = run(Repository.ROOT.resolve(".ci/compose-trial.sh").toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(calls()).endsWith("compose logs --tail=50", "compose down --volumes");
    }

    @Test
    void composeTrialIsSkippedWithoutDaemon() throws IOException {
        place("docker", "exit 1");

        Tool.Result result = run(Repository.ROOT.resolve(".ci/compose-trial.sh").toString());

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.errors().lines()).hasSize(1).first().asString().contains("not tried");
    }

    private static String build(String service) {
        return "build --target %s --tag sluice.invalid/%s:trial %s".formatted(service, service, Repository.ROOT);
    }

    private String save(String service) {
        return "save --output %s/%s.tar sluice.invalid/%s:trial".formatted(directory, service, service);
    }

    private void place(String program, String script) throws IOException {
        Path file = Files.writeString(directory.resolve(program), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls"));
    }

    /** Runs a command that finds the placed programs first. */
    private Tool.Result run(String... command) {
        List<String> withPath = new ArrayList<>(List.of("env", "PATH=" + directory + ":" + System.getenv("PATH")));
        withPath.addAll(List.of(command));
        return Tool.run(withPath);
    }
}
