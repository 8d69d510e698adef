package dev.sluice.artifact.fetch;

import java.util.regex.Pattern;

/** URLs in messages: without credentials, and without the query, which may hold a signature. */
final class ShownUrl {

    private static final Pattern CREDENTIALS = Pattern.compile("^([^/?#]*//)?[^/?#]*@");
    private static final int MAX_LENGTH = 300;

    private ShownUrl() {}

    static String of(String url) {
        String bare =
                CREDENTIALS.matcher(url.split("[?#]", 2)[0]).replaceFirst(m -> m.group(1) == null ? "" : m.group(1));
        String shown = bare.length() > MAX_LENGTH ? bare.substring(0, MAX_LENGTH) + "…" : bare;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
