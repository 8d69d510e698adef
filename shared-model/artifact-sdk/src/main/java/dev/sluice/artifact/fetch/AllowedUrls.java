package dev.sluice.artifact.fetch;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * The URLs that may be asked, as a list of prefixes. Scheme, host and port are compared as such, the path segment by
 * segment: {@code http://a/b} allows {@code http://A:80/b/c}, not {@code http://a/bc}. Under prefixes, a URL with user
 * info, with {@code .} or {@code ..} segments or with an encoded slash is refused, since servers read it in their own
 * ways. Names are not resolved. Immutable.
 */
public final class AllowedUrls {

    private static final AllowedUrls ANY = new AllowedUrls(List.of());

    private final List<UrlPrefix> prefixes;

    private AllowedUrls(List<UrlPrefix> prefixes) {
        this.prefixes = prefixes;
    }

    /** Every URL. */
    public static AllowedUrls any() {
        return ANY;
    }

    /**
     * Those that begin with one of the prefixes; every URL when there is none.
     *
     * @throws IllegalArgumentException if a prefix is no http or https URL, or has what no allowed URL has, a query or a
     *     fragment
     */
    public static AllowedUrls prefixes(List<String> prefixes) {
        return prefixes.isEmpty()
                ? ANY
                : new AllowedUrls(prefixes.stream().map(UrlPrefix::parse).toList());
    }

    /**
     * As {@link #prefixes(List)}, from a text with commas between the prefixes.
     *
     * @throws IllegalArgumentException as there
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

    /** Messages name the URL that the caller knows, not where it was led. */
    void require(URI uri, String shownUrl, String how) throws UrlNotAllowedException {
        if (!allows(uri)) {
            throw new UrlNotAllowedException(
                    "download of '" + shownUrl + "' is refused: " + how + " does not begin with an allowed prefix");
        }
    }
}
