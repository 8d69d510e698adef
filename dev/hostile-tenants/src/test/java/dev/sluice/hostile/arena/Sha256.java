package dev.sluice.hostile.arena;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests as Flux writes them. */
public final class Sha256 {

    private Sha256() {}

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
