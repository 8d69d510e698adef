package dev.sluice.examples.release.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.controller.source.BuildFailure;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures with a key. The files are real; see their README. */
class CosignSignatureTest {

    @TempDir
    Path directory;

    @Test
    void acceptsSignatureOfKey() throws Exception {
        CosignKey key = CosignKey.parse("cosign.pub", Files.readAllBytes(resource("cosign.pub")));
        byte[] signature = CosignSignature.parse("signed.txt.sig", Files.readString(resource("signed.txt.sig")));

        assertThat(key.hasSigned(resource("signed.txt"), signature)).isTrue();
    }

    @Test
    void rejectsOtherFileKeyOrSignature() throws Exception {
        CosignKey key = CosignKey.parse("cosign.pub", Files.readAllBytes(resource("cosign.pub")));
        byte[] signature = CosignSignature.parse("signed.txt.sig", Files.readString(resource("signed.txt.sig")));
        Path other = Files.writeString(directory.resolve("other"), "what was signed\n\n");
        CosignKey stranger = CosignKey.parse("stranger.pub", pem(keyPair("EC")));

        assertThat(key.hasSigned(other, signature)).isFalse();
        assertThat(stranger.hasSigned(resource("signed.txt"), signature)).isFalse();
        signature[signature.length - 1] ^= 1;
        assertThat(key.hasSigned(resource("signed.txt"), signature)).isFalse();
        assertThat(key.hasSigned(resource("signed.txt"), new byte[0])).isFalse();
    }

    static Stream<Arguments> signedByCosign() {
        return Stream.of(
                arguments("p256", "p256.v3.sigstore.json"),
                arguments("p384", "p384.v3.sigstore.json"),
                arguments("p521", "p521.v3.sigstore.json"),
                arguments("rsa", "rsa.v3.sigstore.json"),
                arguments("p256", "p256.v2.sig"),
                arguments("p256", "p256.v2.bundle"),
                arguments("p256", "p256.v2.sigstore.json"),
                arguments("p384", "p384.v2.sig"),
                arguments("p384", "p384.v2.sigstore.json"),
                arguments("rsa", "rsa.v2.sig"));
    }

    /** Output of the real binary, in each of its formats. */
    @ParameterizedTest
    @MethodSource("signedByCosign")
    void acceptsOutputOfCosignForItsKeyAndFileOnly(String key, String file) throws Exception {
        byte[] signature = CosignSignature.parse(file, Files.readString(resource("cosign/" + file)));
        Path signed = resource("cosign/signed.txt");
        Path other = Files.writeString(directory.resolve("other"), "what was signed with Cosign\n");

        assertThat(cosignKey(key).hasSigned(signed, signature)).isTrue();
        assertThat(cosignKey(key).hasSigned(other, signature)).isFalse();
        for (String stranger : List.of("p256", "p384", "p521", "rsa")) {
            assertThat(cosignKey(stranger).hasSigned(signed, signature)).isEqualTo(stranger.equals(key));
        }
    }

    private static CosignKey cosignKey(String name) throws Exception {
        return CosignKey.parse(name + ".pub", Files.readAllBytes(resource("cosign/" + name + ".pub")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void acceptsEcdsaAndRsaKeys(String algorithm) throws Exception {
        KeyPair pair = keyPair(algorithm);
        Signature signer = Signature.getInstance(algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
        signer.initSign(pair.getPrivate());
        signer.update(Files.readAllBytes(resource("signed.txt")));

        assertThat(CosignKey.parse("a.pub", pem(pair)).hasSigned(resource("signed.txt"), signer.sign()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key", "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n"})
    void rejectsInvalidKeyWithoutQuotingIt(String pem) {
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> CosignKey.parse("a.pub", pem.getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("not ")
                .withMessageNotContaining("MFkw")
                .withNoCause();
    }

    @Test
    void rejectsOtherKeyTypes() {
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> cosignKey("ed25519"))
                .withMessage("not an ECDSA or RSA public key in PEM format");
    }

    @Test
    void readsSignatureFromBundles() throws Exception {
        byte[] signature = {1, 2, 3};
        String base64 = Base64.getEncoder().encodeToString(signature);

        assertThat(CosignSignature.parse("a", base64 + "\n")).isEqualTo(signature);
        assertThat(CosignSignature.parse("a", "{\"base64Signature\":\"" + base64 + "\",\"rekorBundle\":{}}"))
                .isEqualTo(signature);
        assertThat(CosignSignature.parse("a", " {\"messageSignature\":{\"signature\":\"" + base64 + "\"}}"))
                .isEqualTo(signature);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "{",
                "{}",
                "{\"dsseEnvelope\":{}}",
                "{\"messageSignature\":[]}",
                "{\"messageSignature\":{\"signature\":{}}}",
                "{\"base64Signature\":null}"
            })
    void rejectsOtherText(String text) {
        assertThatExceptionOfType(BuildFailure.class)
                .isThrownBy(() -> CosignSignature.parse("app.sig", text))
                .withMessageContaining("'app.sig': neither a base64 signature nor a bundle")
                .satisfies(e -> assertThat(e.reason()).isEqualTo("VerificationError"));
    }

    private static KeyPair keyPair(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return generator.generateKeyPair();
    }

    private static byte[] pem(KeyPair pair) {
        String base64 = Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded());
        return ("-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static Path resource(String name) throws IOException {
        try {
            return Path.of(Objects.requireNonNull(CosignSignatureTest.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
