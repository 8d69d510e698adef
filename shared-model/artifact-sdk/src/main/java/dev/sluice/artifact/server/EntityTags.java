package dev.sluice.artifact.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares entity tags in headers (RFC 9110, section 8.8.3). */
final class EntityTags {

    private static final Pattern TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");

    private EntityTags() {}

    /** For If-None-Match: weak tags match too. */
    static boolean anyMatchesWeakly(String header, String etag) {
        return anyMatches(header, etag, false);
    }

    /** For If-Match and If-Range: weak tags never match. */
    static boolean anyMatchesStrongly(String header, String etag) {
        return anyMatches(header, etag, true);
    }

    private static boolean anyMatches(String header, String etag, boolean strong) {
        if (header.strip().equals("*")) {
            return true;
        }
        Matcher tags = TAG.matcher(header);
        while (tags.find()) {
            boolean comparable = !strong || tags.group(1) == null;
            if (comparable && tags.group(2).equals(etag)) {
                return true;
            }
        }
        return false;
    }
}
