package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.artifact.archive.ArchiveOptions;
import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A revision depends on the content only, not on the run, the JDK or the compression. */
class RevisionGoldenTest {

    /** Must be the same on every JDK. A change of this value rolls out every artifact of every user. */
    private static final String GOLDEN = "e70b7d0501d992eed97b3efe3f6f0936b5049f37bf51bac229a06fd2d40b95fb";

    @TempDir
    Path directory;

    private Workspace workspace;

    @BeforeEach
    void writeSource() throws IOException {
        workspace = new Workspace(directory)
                .file("src/a.yaml", "a: 1\nlist: [x, y]\n")
                .file("src/b.yaml", "a: 2\nbig: 9007199254740993\n")
                .file("src/bin/run", "#!/bin/sh\n")
                .executable("src/bin/run")
                .file("src/caf\u00e9", "caf\u00e9\n")
                .file("chart/web/Chart.yaml", "name: web\n")
                .generator("""
                        artifacts:
                        - name: one
                          copy:
                          - {from: "@src/", to: "@artifact/", exclude: ["*.tgz"]}
                          - {from: "@src/b.yaml", to: "@artifact/a.yaml", strategy: Merge}
                          - {from: "@src/*.tgz", to: "@artifact/charts/", strategy: Extract}
                        """);
        workspace.tarball("chart", "src/chart.tgz");
    }

    @Test
    void revisionsAreStable() {
        assertThat(revision()).isEqualTo("latest@sha256:" + GOLDEN);
        assertThat(revision()).as("second build").isEqualTo("latest@sha256:" + GOLDEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 9})
    void revisionsDoNotDependOnTheCompression(int level) throws IOException {
        workspace.build();
        FileTree tree = DirectoryTree.read(directory.resolve("out/one"));
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        TarGzWriter.write(tree, archive, ArchiveOptions.defaults().withLevel(level));

        try (SpoolFile spool = SpoolFile.create(directory.resolve("spool"))) {
            FileTree stored = TarGzReader.index(
                    new ByteArrayInputStream(archive.toByteArray()), spool, UnpackOptions.untrusted());
            assertThat(stored.contentHash().hex()).isEqualTo(GOLDEN);
        }
    }

    private String revision() {
        JsonObject report =
                JsonParser.parseString(workspace.build("-o", "json").out()).getAsJsonObject();
        return report.getAsJsonArray("artifacts")
                .get(0)
                .getAsJsonObject()
                .get("revision")
                .getAsString();
    }
}
