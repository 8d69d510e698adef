package dev.sluice.artifact.storage;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Rules for names on the volume, shared by the storage and the file servers. */
public final class StoredNames {

    /** The lock file of a directory. */
    static final String LOCK = ".lock";

    /** Also the suffix of the lock file that the Go implementation creates for each artifact. */
    static final String LOCK_SUFFIX = ".lock";

    private static final String TEMP_PREFIX = ".tmp-";
    private static final int MAX_NAME_BYTES = 255;

    private StoredNames() {}

    /**
     * Whether a file or directory with this name may be an artifact or contain one. Excludes hidden names, which
     * include {@code .} and {@code ..}, temporary files, locks and the volume's identity; names with a slash, a
     * backslash, a percent sign, a semicolon or a control character, which a URL path could inject; and names longer
     * than 255 bytes.
     */
    public static boolean isServable(String name) {
        return !name.isEmpty()
                && name.charAt(0) != '.'
                && !name.endsWith(LOCK_SUFFIX)
                && hasOnlyValidCharacters(name)
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
    }

    /** A loop without a stream: each check of a stored file calls it several times. */
    private static boolean hasOnlyValidCharacters(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c) || c == '/' || c == '\\' || c == '%' || c == ';') {
                return false;
            }
        }
        return true;
    }

    /** Returns a unique name for a temporary file. */
    static String newTemp() {
        byte[] random = new byte[12];
        ThreadLocalRandom.current().nextBytes(random);
        return TEMP_PREFIX + HexFormat.of().formatHex(random);
    }

    static boolean isTemp(String name) {
        return name.startsWith(TEMP_PREFIX);
    }
}
