package dev.sluice.artifact.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates or a key.
 *
 * @param name where the text is from, for messages
 */
record PemFile(String name, String text) {

    private static final int MAX_BYTES = 1024 * 1024;

    /** Reads a file. Follows symbolic links: the volume of a Secret swaps the link to its directory. */
    static PemFile read(Path path) throws IOException {
        String name = "file \"" + path + "\"";
        try (var in = Files.newInputStream(path)) {
            return of(name, in.readNBytes(MAX_BYTES + 1));
        } catch (NoSuchFileException e) {
            throw failure(name, "no such file; mount the Secret that contains it, or correct the path");
        } catch (AccessDeniedException e) {
            throw failure(name, "permission denied; check owner and mode");
        }
    }

    static PemFile of(String name, byte[] bytes) throws IOException {
        if (bytes.length > MAX_BYTES) {
            throw failure(name, "it is larger than " + MAX_BYTES + " bytes");
        }
        return new PemFile(name, new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** Returns all certificates, at least one. Other blocks, such as keys, are ignored. */
    List<X509Certificate> certificates() throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemBlock block : PemBlock.parse(text)) {
                if (block.isCertificate()) {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.content())));
                }
            }
        } catch (GeneralSecurityException e) {
            throw failure(name, "certificate " + (certificates.size() + 1) + " cannot be read: " + e.getMessage());
        }
        if (certificates.isEmpty()) {
            throw failure(name, "it contains no certificate in PEM format");
        }
        return certificates;
    }

    /** Returns the key of a certificate. */
    PrivateKey privateKey(PublicKey owner) throws IOException {
        PemBlock key = PemBlock.parse(text).stream()
                .filter(PemBlock::isPrivateKey)
                .findFirst()
                .orElseThrow(() -> failure(name, "it contains no private key in PEM format"));
        try {
            return PemPrivateKey.read(key, owner);
        } catch (GeneralSecurityException e) {
            throw failure(name, String.valueOf(e.getMessage()));
        }
    }

    private static IOException failure(String name, String reason) {
        return new IOException("cannot use TLS " + name + ": " + reason);
    }

    /** Without the text, which can be a key. */
    @Override
    public String toString() {
        return name;
    }
}
