package dev.sluice.artifact.server;

import java.util.regex.Pattern;

/**
 * Masks the path of a request for the log: clients may put credentials into parameters of path segments ({@code
 * ;name=value}) or before an {@code @}, or send a whole URL instead of a path.
 */
final class LoggedPath {

    private static final int MAX_READ = 1024;
    private static final int MAX_LENGTH = 256;
    private static final Pattern PARAMETERS = Pattern.compile("(?i)(;|%3b|\\?|%3f|#|%23)[^/]*");

    /** Anchored to the start of a segment; otherwise matching would take quadratic time in its length. */
    private static final Pattern USER = Pattern.compile("(?i)(?<![^/])[^/]*(@|%40)");

    private LoggedPath() {}

    static String of(String rawPath) {
        if (rawPath.length() <= MAX_READ) {
            return shortened(masked(rawPath), "");
        }
        // drop the truncated segment: the character that marks it as secret may be in the rest
        return shortened(masked(rawPath.substring(0, rawPath.lastIndexOf('/', MAX_READ - 1) + 1)), "…");
    }

    private static String masked(String path) {
        return PARAMETERS.matcher(USER.matcher(path).replaceAll("***@")).replaceAll(";***");
    }

    private static String shortened(String path, String end) {
        return path.length() <= MAX_LENGTH ? path + end : path.substring(0, MAX_LENGTH) + "…";
    }
}
