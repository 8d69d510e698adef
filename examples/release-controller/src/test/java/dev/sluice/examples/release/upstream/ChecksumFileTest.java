package dev.sluice.examples.release.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.controller.source.BuildFailure;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumFileTest {

    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final String OTHER = "f".repeat(64);

    record Case(String name, String text, String expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> readable() {
        String sha512 = "ab".repeat(64);
        return Stream.of(
                new Case("sha256sum format", HEX + "  app.tar.gz\n", "sha256:" + HEX),
                new Case("in binary mode", HEX + " *app.tar.gz\n", "sha256:" + HEX),
                new Case("with a directory", HEX + "  ./app.tar.gz\r\n", "sha256:" + HEX),
                new Case("in upper case", HEX.toUpperCase(java.util.Locale.ROOT) + "  app.tar.gz", "sha256:" + HEX),
                new Case("bare", HEX, "sha256:" + HEX),
                new Case("SHA-512 by length", sha512 + "  app.tar.gz", "sha512:" + sha512),
                new Case("same line twice", HEX + "  app.tar.gz\n" + HEX + "  app.tar.gz", "sha256:" + HEX),
                new Case("among other lines", OTHER + "  app.zip\n\n# text\n" + HEX + "  app.tar.gz", "sha256:" + HEX));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void findsChecksum(Case file) throws BuildFailure {
        assertThat(ChecksumFile.find(file.text, "app.tar.gz")).hasToString(file.expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html></html>", "d41d8cd98f00b204e9800998ecf8427e  app.tar.gz"})
    void failsWithoutStrongChecksum(String text) {
        assertThatThrownBy(() -> ChecksumFile.find(text, "app.tar.gz"))
                .isInstanceOf(BuildFailure.class)
                .hasMessageContaining("has no SHA-256")
                .satisfies(e -> assertThat(((BuildFailure) e).reason()).isEqualTo("VerificationFailed"));
    }

    @Test
    void ignoresChecksumOfOtherFile() {
        assertThatThrownBy(() -> ChecksumFile.find(HEX + "  other-app.tar.gz", "app.tar.gz"))
                .isInstanceOf(BuildFailure.class);
    }

    @Test
    void rejectsDifferingChecksums() {
        assertThatThrownBy(() -> ChecksumFile.find(HEX + "  app.tar.gz\n" + OTHER + "  app.tar.gz", "app.tar.gz"))
                .hasMessageContaining("more than one");
    }
}
