package dev.sluice.hostile.harness;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests in Flux's format {@code sha256:…}. */
public final class FluxDigest {

    private FluxDigest() {}

    public static String of(byte[] bytes) {
        return text(newDigest().digest(bytes));
    }

    public static String text(byte[] digest) {
        return "sha256:" + HexFormat.of().formatHex(digest);
    }

    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
