package dev.sluice.artifact.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServedPathsTest {

    @TempDir
    static Path directory;

    private static ServedFiles files;

    @BeforeAll
    static void fill() throws IOException {
        files = new ServedFiles(CanaryVolume.create(directory).base());
    }

    static Stream<String> hostileTargets() {
        return TraversalCorpus.targets().stream();
    }

    @ParameterizedTest
    @MethodSource("hostileTargets")
    void hostilePathsAreNotFound(String path) throws IOException {
        assertThat(files.open(path)).isEmpty();
    }

    @Test
    void theCorpusContainsSeveralHundredPaths() {
        assertThat(TraversalCorpus.targets()).hasSizeGreaterThan(400);
    }

    @Test
    void pathsThatAreInvalidInHttpAreNotFound() throws IOException {
        for (String path :
                List.of("", "x", "\0", "/\0", "/a b", "/a\tb", "/a\nb", "/é", "/\ud800", "*", "?", "/?a", "/#a")) {
            assertThat(files.open(path)).as(path).isEmpty();
        }
    }
}
