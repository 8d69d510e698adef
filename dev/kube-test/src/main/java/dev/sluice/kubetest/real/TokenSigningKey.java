package dev.sluice.kubetest.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The key pair that signs service account tokens, as PEM files. */
record TokenSigningKey(Path privateKey, Path publicKey) {

    static TokenSigningKey create(Path directory) throws IOException {
        TokenSigningKey files = new TokenSigningKey(directory.resolve("sa.key"), directory.resolve("sa.pub"));
        KeyPair pair = generate();
        write(files.privateKey, "PRIVATE KEY", pair.getPrivate().getEncoded());
        write(files.publicKey, "PUBLIC KEY", pair.getPublic().getEncoded());
        return files;
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }
}
