package dev.sluice.artifact.archive;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the reader for a few seconds in every build. */
class TarGzReaderFuzzTest {

    @TempDir
    static Path directory;

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "6s")
    void readsAnyBytes(byte[] input) throws IOException {
        FuzzedArchive.read(input, directory);
    }

    static Stream<byte[]> seeds() {
        return FuzzedArchive.seeds();
    }
}
