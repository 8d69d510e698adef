package dev.sluice.artifact.fetch;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * A list of allowed URL prefixes. Compares scheme, host and port as such, and the path segment by segment: {@code
 * http://a/b} allows {@code http://A:80/b/c}, but not {@code http://a/bc}. With prefixes, refuses URLs with user info,
 * {@code .} or {@code ..} segments or encoded slashes, because servers interpret them differently. Does not resolve
 * host names. Immutable.
 */
public final class AllowedUrls {

    private static final AllowedUrls ANY = new AllowedUrls(List.of());

    private final List<UrlPrefix> prefixes;

    private AllowedUrls(List<UrlPrefix> prefixes) {
        this.prefixes = prefixes;
    }

    /** Allows every URL. */
    public static AllowedUrls any() {
        return ANY;
    }

    /**
     * Allows URLs that start with one of the prefixes, or every URL if there is none.
     *
     * @throws IllegalArgumentException if a prefix is not an http or https URL, or has a query, a fragment, or a part
     *     that is refused in URLs
     */
    public static AllowedUrls prefixes(List<String> prefixes) {
        return prefixes.isEmpty()
                ? ANY
                : new AllowedUrls(prefixes.stream().map(UrlPrefix::parse).toList());
    }

    /**
     * Like {@link #prefixes(List)}, with comma-separated prefixes.
     *
     * @throws IllegalArgumentException see {@link #prefixes(List)}
     */
    public static AllowedUrls parse(String commaSeparated) {
        return prefixes(Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(prefix -> !prefix.isEmpty())
                .toList());
    }

    boolean allows(URI uri) {
        return prefixes.isEmpty() || prefixes.stream().anyMatch(prefix -> prefix.matches(uri));
    }

    /** The message names the requested URL, not the redirect target. */
    void require(URI uri, String shownUrl, String what) throws UrlNotAllowedException {
        if (!allows(uri)) {
            throw new UrlNotAllowedException(
                    "cannot download '" + shownUrl + "': " + what + " does not start with an allowed prefix");
        }
    }
}
