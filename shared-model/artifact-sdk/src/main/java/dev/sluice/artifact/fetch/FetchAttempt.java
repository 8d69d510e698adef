package dev.sluice.artifact.fetch;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * One download with its redirects. Uses the JDK's asynchronous client, because only that can be cancelled at any time.
 */
final class FetchAttempt {

    private static final int MAX_REDIRECTS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final FetchOptions options;
    private final Clock clock;
    private final CurrentClient client;
    private final HostLookups lookups;

    FetchAttempt(FetchOptions options, Clock clock, HostLookups lookups) {
        this.options = options;
        this.clock = clock;
        this.lookups = lookups;
        this.client = new CurrentClient(options.access()::certificates, () -> newClient(options));
    }

    private static HttpClient newClient(FetchOptions options) {
        return options.access()
                .configure(HttpClient.newBuilder())
                // no upgrade to HTTP/2, which artifact servers do not support
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(options.timeouts().connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(new EnvironmentProxies(options.proxies()))
                .build();
    }

    /** Downloads to the sink and returns the digest. Messages contain {@code url}, not redirect targets. */
    Digest run(String owner, String url, DigestAlgorithm algorithm, OutputStream sink, Deadline deadline)
            throws IOException {
        Deadline end = deadline.atMost(options.timeouts().total());
        try (CurrentClient.Use use = client.use()) {
            return run(owner, url, new DownloadSpec(algorithm, sink, end), use.client());
        }
    }

    /** Closes the client after running downloads. Idempotent. */
    void close() {
        client.close();
    }

    private record DownloadSpec(DigestAlgorithm algorithm, OutputStream sink, Deadline end) {}

    private Digest run(String owner, String url, DownloadSpec spec, HttpClient http) throws IOException {
        Deadline end = spec.end();
        HttpExchangeRun exchange = new HttpExchangeRun(http, options, end);
        FetchAccess access = options.access();
        URI at = parse(url);
        URI named = access.connected(at);
        String shown = RedactedUrl.of(url);
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            URI uri = access.connected(at);
            DownloadTarget download = new DownloadTarget(
                    shown, spec.sink(), spec.algorithm(), options.limits().maxBytes());
            lookups.await(owner, connectedHost(uri), shorter(options.timeouts().connect(), end.remaining()), shown);
            HttpResponse<?> response = exchange.run(request(named, uri), shown, download);
            if (response.statusCode() == 200) {
                return download.digest();
            }
            // relative to the URL before a change to TLS, because the allowed prefixes are those of such URLs
            at = redirect(at, response, shown).orElseThrow(() -> refused(response, shown));
            options.limits().allowedUrls().require(at, shown, "the redirect target");
        }
        throw new FetchException("download of '" + shown + "' failed: more than " + MAX_REDIRECTS + " redirects");
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private String connectedHost(URI uri) {
        return options.proxies().proxyFor(uri).map(ProxyRules.HttpProxy::host).orElse(uri.getHost());
    }

    static URI parse(String url) throws FetchException {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new FetchException("cannot download '" + RedactedUrl.of(url) + "': not a valid URL");
        }
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw new FetchException(
                    "cannot download '" + RedactedUrl.of(url) + "': the scheme is neither http nor https");
        }
        if (uri.getHost() == null) {
            throw new FetchException("cannot download '" + RedactedUrl.of(url) + "': the URL has no valid host name");
        }
        return uri;
    }

    /**
     * Sends credentials with the first request, because an authenticator fails on unusual authentication challenges.
     */
    private HttpRequest request(URI named, URI uri) throws FetchException {
        Optional<String> authorization = options.access().authorization(named, uri);
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(withoutUserInfo(uri)).GET();
            authorization
                    .or(() -> Optional.ofNullable(uri.getUserInfo()).map(FetchAttempt::basic))
                    .ifPresent(value -> request.header("Authorization", value));
            options.proxies()
                    .proxyFor(uri)
                    .flatMap(ProxyRules.HttpProxy::userInfo)
                    .ifPresent(user -> request.header("Proxy-Authorization", basic(user)));
            return request.build();
        } catch (IllegalArgumentException e) {
            throw new FetchException("cannot download '" + RedactedUrl.of(named.toString()) + "': not a valid URL");
        }
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private static URI withoutUserInfo(URI uri) {
        return uri.getRawUserInfo() == null ? uri : URI.create(uri.toString().replaceFirst("//[^/?#]*@", "//"));
    }

    /** Returns the redirect target; empty if the response is not a redirect. Drops credentials in the first URL. */
    private Optional<URI> redirect(URI from, HttpResponse<?> response, String shown) throws FetchException {
        Optional<String> location = response.headers().firstValue("Location");
        if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
            return Optional.empty();
        }
        URI to;
        try {
            to = parse(withoutUserInfo(from).resolve(location.get()).toString());
        } catch (IllegalArgumentException | FetchException e) {
            throw new FetchException(
                    "download of '" + shown + "' failed: the redirect target is not a valid http or https URL", e);
        }
        if (from.getScheme().equals("https")
                && options.access().connected(to).getScheme().equals("http")) {
            throw new FetchException(
                    "download of '" + shown + "' failed: redirects from https to http are not followed");
        }
        return Optional.of(to);
    }

    private IOException refused(HttpResponse<?> response, String shownUrl) {
        int status = response.statusCode();
        String message = "download of '" + shownUrl + "' failed: HTTP " + status;
        if (status == 404) {
            return new ArtifactNotFoundException(message + "; the artifact does not exist");
        }
        if (status == 429 || (status >= 500 && status != 501)) {
            Optional<Duration> retryAfter = status == 429 || status == 503
                    ? response.headers()
                            .firstValue("Retry-After")
                            .flatMap(value -> RetryAfterHeader.parse(value, clock))
                    : Optional.empty();
            return new RetryableFetchException(message, retryAfter);
        }
        return new FetchException(message + "; only 200 is accepted");
    }
}
