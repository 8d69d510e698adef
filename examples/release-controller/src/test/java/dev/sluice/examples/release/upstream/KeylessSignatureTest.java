package dev.sluice.examples.release.upstream;

import static dev.sluice.examples.release.upstream.CosignSignatureTest.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.controller.source.BuildFailure;
import dev.sluice.toolkit.source.OIDCIdentityMatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keyless signatures, verified offline. The files are real; see their README. */
class KeylessSignatureTest {

    private static final String ISSUER = "https://token\\.actions\\.githubusercontent\\.com";
    private static final String SUBJECT =
            "https://github\\.com/sigstore/sigstore-java/\\.github/workflows/.*@refs/tags/v2\\.0\\.0";

    @TempDir
    Path directory;

    private byte[] root;
    private String bundle;

    @BeforeEach
    void read() throws IOException {
        root = Files.readAllBytes(resource("trusted_root.json"));
        bundle = Files.readString(resource("signed.pom.sigstore.json"));
    }

    @Test
    void acceptsSignatureOfTrustedIdentity() throws BuildFailure {
        KeylessSignature signature = KeylessSignature.of(
                root, List.of(new OIDCIdentityMatch("a", "b"), new OIDCIdentityMatch(ISSUER, SUBJECT)));

        assertThatCode(() -> signature.verify(resource("signed.pom"), "signed.pom.sigstore.json", bundle))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsTrustedRootCreatedByCosign() throws Exception {
        byte[] made = Files.readAllBytes(resource("cosign/trusted_root.json"));
        KeylessSignature signature = KeylessSignature.of(made, List.of(new OIDCIdentityMatch(ISSUER, SUBJECT)));

        assertThatCode(() -> signature.verify(resource("signed.pom"), "signed.pom.sigstore.json", bundle))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "https://accounts.google.com, .*",
        ".*, https://github\\.com/somebody/else/.*",
        ".*, github",
    })
    void rejectsOtherIdentity(String issuer, String subject) throws BuildFailure {
        KeylessSignature signature = KeylessSignature.of(root, List.of(new OIDCIdentityMatch(issuer, subject)));

        assertInvalid(signature, resourceOf("signed.pom"), bundle, "No provided certificate identities matched");
    }

    @Test
    void rejectsOtherFile() throws Exception {
        Path other = Files.writeString(directory.resolve("other"), "other");

        assertInvalid(any(), other, bundle, "invalid signature in");
    }

    @Test
    void rejectsModifiedBundle() throws Exception {
        JsonObject changed = JsonParser.parseString(bundle).getAsJsonObject();
        JsonObject entry = changed.getAsJsonObject("verificationMaterial")
                .getAsJsonArray("tlogEntries")
                .get(0)
                .getAsJsonObject();
        entry.addProperty("integratedTime", "1763671523");

        assertInvalid(any(), resourceOf("signed.pom"), changed.toString(), "invalid signature in");
        assertInvalid(any(), resourceOf("signed.pom"), "no bundle", "is not a Sigstore bundle");
        assertInvalid(any(), resourceOf("signed.pom"), "{}", "no");
    }

    @Test
    void requiresLogEntry() throws Exception {
        JsonObject without = JsonParser.parseString(bundle).getAsJsonObject();
        without.getAsJsonObject("verificationMaterial").remove("tlogEntries");

        assertInvalid(any(), resourceOf("signed.pom"), without.toString(), "");
    }

    @Test
    void rejectsAttestation() throws Exception {
        JsonObject attestation = JsonParser.parseString(bundle).getAsJsonObject();
        attestation.remove("messageSignature");
        attestation.add(
                "dsseEnvelope",
                JsonParser.parseString(
                        "{\"payload\":\"e30=\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[{\"sig\":\"AAAA\"}]}"));

        assertInvalid(any(), resourceOf("signed.pom"), attestation.toString(), "has no signature of the file");
    }

    @Test
    void rejectsOtherTrustedRoot() throws Exception {
        String other = new String(root, StandardCharsets.UTF_8);
        JsonObject withoutLogs = JsonParser.parseString(other).getAsJsonObject();
        withoutLogs.getAsJsonArray("tlogs").asList().clear();

        KeylessSignature signature = KeylessSignature.of(
                withoutLogs.toString().getBytes(StandardCharsets.UTF_8),
                List.of(new OIDCIdentityMatch(ISSUER, SUBJECT)));

        assertInvalid(signature, resourceOf("signed.pom"), bundle, "invalid signature in");
    }

    @Test
    void rejectsInvalidRootAndExpression() {
        assertThatExceptionOfType(BuildFailure.class)
                .isThrownBy(() -> KeylessSignature.of("no root".getBytes(StandardCharsets.UTF_8), List.of()))
                .withMessage("trusted_root.json is not a valid Sigstore trusted root");
        assertThatExceptionOfType(BuildFailure.class)
                .isThrownBy(() -> KeylessSignature.of(root, List.of(new OIDCIdentityMatch("(", ".*"))))
                .withMessageContaining("matchOIDCIdentity: invalid regular expression")
                .satisfies(e -> assertThat(e.reason()).isEqualTo("InvalidSpec"));
    }

    private KeylessSignature any() throws BuildFailure {
        return KeylessSignature.of(root, List.of(new OIDCIdentityMatch(".*", ".*")));
    }

    private static Path resourceOf(String name) {
        try {
            return resource(name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertInvalid(KeylessSignature signature, Path file, String bundle, String message) {
        assertThatExceptionOfType(BuildFailure.class)
                .isThrownBy(() -> signature.verify(file, "a.sigstore.json", bundle))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.reason()).isEqualTo("VerificationError"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(700));
    }
}
