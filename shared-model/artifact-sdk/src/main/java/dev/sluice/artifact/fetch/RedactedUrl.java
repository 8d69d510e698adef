package dev.sluice.artifact.fetch;

import java.util.regex.Pattern;

/**
 * Redacts URLs for messages: removes credentials, the query, and parameters of path segments ({@code ;name=value}, also
 * with an encoded semicolon), which may contain a signature.
 */
final class RedactedUrl {

    private static final Pattern CREDENTIALS = Pattern.compile("^([^/?#]*//)?[^/?#]*@");
    private static final Pattern PARAMETERS = Pattern.compile("(?i)(;|%3b)[^/]*");
    private static final int MAX_LENGTH = 300;

    private RedactedUrl() {}

    static String of(String url) {
        String bare =
                CREDENTIALS.matcher(url.split("[?#]", 2)[0]).replaceFirst(m -> m.group(1) == null ? "" : m.group(1));
        String plain = PARAMETERS.matcher(bare).replaceAll("");
        String shown = plain.length() > MAX_LENGTH ? plain.substring(0, MAX_LENGTH) + "…" : plain;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
