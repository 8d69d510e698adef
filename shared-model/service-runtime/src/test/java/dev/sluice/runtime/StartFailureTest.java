package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StartFailureTest {

    record Failure(FileSystemException cause, String explained) {}

    static List<Failure> failures() {
        return List.of(
                new Failure(
                        new AccessDeniedException("/data/.lock"),
                        "\"/data/.lock\": permission denied; check owner and mode"),
                new Failure(new NoSuchFileException("/tmp/tomcat.1"), "\"/tmp/tomcat.1\" does not exist"),
                new Failure(
                        new FileSystemException("/data/.lock", null, "Read-only file system"),
                        "\"/data/.lock\": Read-only file system"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void describesTheProblemWithAFile(Failure failure) {
        RuntimeException wrapped = new IllegalStateException("bean", new UncheckedIOException(failure.cause()));

        assertThat(StartFailure.explain(wrapped, null)).isEqualTo(failure.explained());
    }
}
