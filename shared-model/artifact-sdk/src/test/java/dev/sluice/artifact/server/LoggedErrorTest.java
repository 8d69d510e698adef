package dev.sluice.artifact.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class LoggedErrorTest {

    @Test
    void omitsTheFileName() {
        assertThat(LoggedError.of(new AccessDeniedException("/data/user:pl4nted@x")))
                .isEqualTo("java.nio.file.AccessDeniedException");
        assertThat(LoggedError.of(new FileSystemException("/user:pl4nted@x", "/pl4nted", "Input/output error")))
                .isEqualTo("java.nio.file.FileSystemException: Input/output error");
        assertThat(LoggedError.of(new EOFException("the file ended")))
                .isEqualTo("java.io.EOFException: the file ended");
    }
}
