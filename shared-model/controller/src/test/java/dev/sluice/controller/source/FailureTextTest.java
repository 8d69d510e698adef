package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTextTest {

    record Text(IOException failure, String expected) {}

    static Stream<Text> texts() {
        return Stream.of(
                new Text(new IOException("no space left"), "no space left"),
                new Text(new EOFException(), "java.io.EOFException"),
                new Text(new IOException(" "), "java.io.IOException:  "),
                new Text(new NoSuchFileException("/a"), "java.nio.file.NoSuchFileException: /a"),
                new Text(new FileSystemException("/a", null, "is read-only"), "/a: is read-only"),
                new Text(new UnknownHostException("a.test"), "java.net.UnknownHostException: a.test"),
                new Text(new MalformedInputException(1), "java.nio.charset.MalformedInputException: Input length = 1"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void saysWhatHasFailed(Text text) {
        assertThat(FailureText.of(text.failure)).isEqualTo(text.expected);
    }

    @Test
    void hidesTheMessagesOfOtherExceptions() {
        assertThat(FailureText.of(new IllegalStateException("a secret"))).isEqualTo("IllegalStateException");
        assertThat(FailureText.nameOf(new IllegalStateException("a secret") {}))
                .startsWith(getClass().getName() + "$");
    }
}
