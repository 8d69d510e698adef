package dev.sluice.artifact.storage;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Builds the path of an artifact, and its URL with the advertised address. */
record ArtifactAddresses(String advertised) {

    private static final Pattern AUTHORITY = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*");
    private static final String LITERAL_IN_PATH = "-._~!$&'()*+,=:@/";

    static String directory(String kind, String namespace, String name) {
        return String.join(
                "/",
                checked("kind", kind.toLowerCase(Locale.ROOT)),
                checked("namespace", namespace),
                checked("name", name));
    }

    static String file(String kind, String namespace, String name, String fileName) {
        return directory(kind, namespace, name) + "/" + checked("file name", fileName);
    }

    static String checked(String what, String name) {
        if (!StoredNames.isServable(name)) {
            throw new IllegalArgumentException(
                    what + " '" + name + "' is not valid in the path of an artifact: it is empty,"
                            + " hidden or too long, ends in .lock, or contains one of / \\ % ; or a control character");
        }
        return name;
    }

    String url(String path) {
        return origin() + "/" + encoded(path);
    }

    String withAdvertisedHost(String url) {
        if (!AUTHORITY.matcher(url).find()) {
            throw new IllegalArgumentException("'" + url + "' is not a URL with a scheme and a host");
        }
        return origin() + AUTHORITY.matcher(url).replaceFirst("");
    }

    private String origin() {
        boolean hasScheme = advertised.startsWith("http://") || advertised.startsWith("https://");
        String origin = hasScheme ? advertised : "http://" + advertised;
        return origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin;
    }

    /** Escapes characters that are not allowed in a URL, such as spaces and non-ASCII characters. */
    private static String encoded(String path) {
        StringBuilder url = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean literal = c < 0x80 && (Character.isLetterOrDigit(c) || LITERAL_IN_PATH.indexOf(c) >= 0);
            url.append(literal ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return url.toString();
    }
}
