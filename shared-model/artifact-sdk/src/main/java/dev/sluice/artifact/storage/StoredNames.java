package dev.sluice.artifact.storage;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Which names on the volume stand for what: the storage writes by these rules and the file servers serve by them. */
public final class StoredNames {

    /** The one lock file of a directory. */
    static final String LOCK = ".lock";

    /** Also the suffix of the lock file that the Go implementation keeps beside each artifact. */
    static final String LOCK_SUFFIX = ".lock";

    private static final String TEMP_PREFIX = ".tmp-";
    private static final int MAX_NAME_BYTES = 255;

    private StoredNames() {}

    /**
     * Whether a file or directory of this name may be an artifact or hold one. Hidden names are not: they cover
     * {@code .} and {@code ..}, temp files, locks and the volume's identity. Neither are names with a slash, a
     * backslash, a percent sign, a semicolon or a control character, which the path of a URL could smuggle in, nor
     * names over 255 bytes.
     */
    public static boolean isServable(String name) {
        return !name.isEmpty()
                && name.charAt(0) != '.'
                && !name.endsWith(LOCK_SUFFIX)
                && name.chars().noneMatch(StoredNames::neverInAName)
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
    }

    private static boolean neverInAName(int c) {
        return Character.isISOControl(c) || c == '/' || c == '\\' || c == '%' || c == ';';
    }

    /** A name that no one else uses for a file that is not finished. */
    static String newTemp() {
        byte[] random = new byte[12];
        ThreadLocalRandom.current().nextBytes(random);
        return TEMP_PREFIX + HexFormat.of().formatHex(random);
    }

    static boolean isTemp(String name) {
        return name.startsWith(TEMP_PREFIX);
    }
}
