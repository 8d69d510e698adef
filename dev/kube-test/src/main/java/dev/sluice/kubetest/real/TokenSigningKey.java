package dev.sluice.kubetest.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** The key pair that signs service account tokens, as PEM files: of an elliptic curve, which is generated faster than RSA. */
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
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has this curve", e);
        }
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }
}
