package dev.sluice.artifact.archive;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the reader for half an hour; run manually: {@code mvn verify -Psoak -pl shared-model/artifact-sdk -am}. */
@Tag("soak")
class TarGzReaderLongFuzzTest {

    @TempDir
    static Path directory;

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30m")
    void readsAnyBytes(byte[] input) throws IOException {
        FuzzedArchive.read(input, directory);
    }

    static Stream<byte[]> seeds() {
        return FuzzedArchive.seeds();
    }
}
