package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart as {@code deploy/package-chart} packages it for a release. */
class ReleasedChartIT {

    private static final String RECONCILER = "ghcr.io/example/sluice/reconciler-service@sha256:" + "a".repeat(64);
    private static final String SERVER = "localhost:5000/artifact-server-service@sha256:" + "b".repeat(64);

    @TempDir
    private static Path directory;

    private static Helm helm;

    @BeforeAll
    static void find() {
        helm = Helm.orSkip();
    }

    private static Tool.Result packageChart(String version, String reconciler, String server) {
        String script = Repository.ROOT.resolve("deploy/package-chart").toString();
        return Tool.run(List.of(
                "env", "SLUICE_HELM=" + helm.program(), script, version, directory.toString(), reconciler, server));
    }

    @Test
    void installsTheImagesOfTheReleaseByDigest() {
        packageChart("1.2.3-rc.1", RECONCILER, SERVER).orFail();

        String objects = helm.run(
                        "template",
                        "sluice",
                        directory.resolve("sluice-1.2.3-rc.1.tgz").toString())
                .orFail()
                .output();

        List<String> images = new ArrayList<>();
        objects.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("image: "))
                .forEach(line -> images.add(line.substring(7).replace("\"", "")));
        assertThat(images).contains(RECONCILER, SERVER).noneMatch(image -> image.startsWith("sluice/"));
        assertThat(objects).contains("app.kubernetes.io/version: \"1.2.3-rc.1\"");
    }

    @ParameterizedTest
    @CsvSource({
        "v1.2.3, IMAGE, 'v1.2.3'",
        "1.2, IMAGE, '1.2'",
        "1.2.3, example.com/image:1.2.3, example.com/image:1.2.3"
    })
    void refusesAnInvalidVersionAndAnImageWithoutDigest(String version, String image, String named) {
        Tool.Result result = packageChart(version, image.equals("IMAGE") ? RECONCILER : image, SERVER);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.errors()).startsWith("package-chart: ").contains("'" + named + "' is not ");
    }
}
