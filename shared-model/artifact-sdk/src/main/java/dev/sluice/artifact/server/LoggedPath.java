package dev.sluice.artifact.server;

import java.util.regex.Pattern;

/**
 * The path of a request as a log may show it: clients put credentials where they do not belong, into parameters of path
 * segments ({@code ;name=value}) and before an {@code @}, and a whole URL may stand where a path should.
 */
final class LoggedPath {

    private static final int MAX_LENGTH = 256;
    private static final Pattern PARAMETERS = Pattern.compile("(?i)(;|%3b|\\?|%3f|#|%23)[^/]*");
    private static final Pattern USER = Pattern.compile("(?i)[^/]*(@|%40)");

    private LoggedPath() {}

    static String of(String rawPath) {
        String path = USER.matcher(rawPath).replaceAll("***@");
        String plain = PARAMETERS.matcher(path).replaceAll(";***");
        return plain.length() <= MAX_LENGTH ? plain : plain.substring(0, MAX_LENGTH) + "…";
    }
}
