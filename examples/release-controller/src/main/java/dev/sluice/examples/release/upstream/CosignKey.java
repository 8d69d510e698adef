package dev.sluice.examples.release.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Map;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/**
 * A public key as {@code cosign generate-key-pair} writes it: ECDSA on P-256; or ECDSA on another curve, or RSA, from
 * elsewhere. What is signed is the SHA-256 of the file.
 */
record CosignKey(String name, PublicKey key) {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final Map<String, String> ALGORITHMS =
            Map.of("EC", "SHA256withECDSA", "ECDSA", "SHA256withECDSA", "RSA", "SHA256withRSA");

    /** @throws GeneralSecurityException if it is no public key of these kinds */
    static CosignKey parse(String name, byte[] pem) throws GeneralSecurityException {
        PublicKey key = publicKey(new String(pem, StandardCharsets.UTF_8));
        if (key == null || !ALGORITHMS.containsKey(key.getAlgorithm())) {
            throw new InvalidKeyException("it is no ECDSA or RSA public key in PEM");
        }
        return new CosignKey(name, key);
    }

    private static @Nullable PublicKey publicKey(String pem) throws GeneralSecurityException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            return parser.readObject() instanceof SubjectPublicKeyInfo info
                    ? new JcaPEMKeyConverter().getPublicKey(info)
                    : null;
        } catch (IOException | RuntimeException e) {
            // without the cause: parsers quote what they cannot read
            throw new InvalidKeyException("it cannot be read as PEM");
        }
    }

    /** Whether the key's owner has signed the file. */
    boolean hasSigned(Path file, byte[] signature) throws IOException, GeneralSecurityException {
        Signature verifier = Signature.getInstance(ALGORITHMS.get(key.getAlgorithm()));
        verifier.initVerify(key);
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                verifier.update(buffer, 0, count);
            }
        }
        try {
            return verifier.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        }
    }
}
