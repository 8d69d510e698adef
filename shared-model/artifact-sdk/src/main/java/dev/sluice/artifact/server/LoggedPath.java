package dev.sluice.artifact.server;

import java.util.regex.Pattern;

/**
 * The path of a request as a log may show it: clients put credentials where they do not belong, into parameters of path
 * segments ({@code ;name=value}) and before an {@code @}, and a whole URL may stand where a path should.
 */
final class LoggedPath {

    private static final int MAX_READ = 1024;
    private static final int MAX_LENGTH = 256;
    private static final Pattern PARAMETERS = Pattern.compile("(?i)(;|%3b|\\?|%3f|#|%23)[^/]*");

    /** Tried at the beginning of a segment only: at each of its characters it would take the square of its length. */
    private static final Pattern USER = Pattern.compile("(?i)(?<![^/])[^/]*(@|%40)");

    private LoggedPath() {}

    static String of(String rawPath) {
        if (rawPath.length() <= MAX_READ) {
            return shortened(masked(rawPath), "");
        }
        // without the segment that is cut: what tells that it is a secret may stand in the rest
        return shortened(masked(rawPath.substring(0, rawPath.lastIndexOf('/', MAX_READ - 1) + 1)), "…");
    }

    private static String masked(String path) {
        return PARAMETERS.matcher(USER.matcher(path).replaceAll("***@")).replaceAll(";***");
    }

    private static String shortened(String path, String end) {
        return path.length() <= MAX_LENGTH ? path + end : path.substring(0, MAX_LENGTH) + "…";
    }
}
