package dev.sluice.controller.event;

import dev.sluice.artifact.spiffe.SpiffeTls;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsFiles;
import dev.sluice.artifact.tls.TlsSource;
import dev.sluice.artifact.tls.TlsUnavailableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionSpec;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.TlsVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts events to Flux's notification-controller, which forwards them as alerts; the format is Event of {@code
 * event.toolkit.fluxcd.io/v1beta1}. Does not accept events of type {@link EventType#TRACE}, nor
 * about objects without a namespace, which the receiver refuses.
 *
 * <p>The time limit of a request is 5 seconds. Connection errors and 5xx responses other than 501 are retried up to
 * four times, after 1, 2, 4 and 8 seconds, or after the response's Retry-After, limited to 30 seconds. 429 means that
 * the receiver already has the event. Confined to one thread.
 */
public final class NotificationEventSink implements EventSink {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationEventSink.class);
    private static final MediaType JSON = MediaType.get("application/json");
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int RETRIES = 4;
    private static final int DUPLICATE = 429;
    private static final int NOT_IMPLEMENTED = 501;

    private static final Pattern HTTP_PORT = Pattern.compile("(?i)http://[^/?#]*:80(?:[/?#]|$)");

    private static final ConnectionSpec TLS_1_3 = new ConnectionSpec.Builder(ConnectionSpec.RESTRICTED_TLS)
            .tlsVersions(TlsVersion.TLS_1_3)
            .build();

    private final TlsSource tls;
    private OkHttpClient http;
    private @Nullable X509TrustManager trustManager;
    private final HttpUrl address;
    private final NotificationBody bodies;
    private final Pause pause;

    /** Waits between two attempts; returns at once in tests. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    /**
     * Creates a sink that posts to an address.
     *
     * @param address an {@code http://} or {@code https://} URL; a user and password in it are sent as basic
     *     authentication and never logged
     * @param controller name of the reporting controller
     * @param instance the process, usually the host name
     * @throws IllegalArgumentException if the address is not a valid URL; the message does not quote it, because it may
     *     contain a password
     */
    public static NotificationEventSink to(String address, String controller, String instance) {
        return to(address, controller, instance, ReloadingTls.of(TlsFiles.none()));
    }

    /**
     * Like {@link #to(String, String, String)}, with other trusted authorities or a client certificate for an
     * {@code https://} address. With a SPIFFE ID, events to an {@code http://} address are sent over TLS, too, as in
     * Flux; the port does not change, and without one, it is 443.
     *
     * @throws IllegalArgumentException see {@link #to(String, String, String)}
     */
    public static NotificationEventSink to(String address, String controller, String instance, TlsSource tls) {
        return new NotificationEventSink(
                address,
                new NotificationBody(controller, instance),
                REQUEST_LIMIT,
                time -> Thread.sleep(time.toMillis()),
                tls);
    }

    NotificationEventSink(String address, NotificationBody bodies, Duration requestLimit, Pause pause, TlsSource tls) {
        HttpUrl url = HttpUrl.parse(address);
        if (url == null) {
            throw new IllegalArgumentException(
                    "the address of the event receiver is not a valid URL; use http://HOST/ or https://HOST/");
        }
        this.address = tls instanceof SpiffeTls ? overTls(url, address) : url;
        this.bodies = bodies;
        this.http = client(tls)
                .callTimeout(requestLimit)
                .followRedirects(false)
                .retryOnConnectionFailure(false)
                .build();
        this.pause = pause;
        this.tls = tls;
    }

    /** A port that the address names stays, also 80, which the parsed URL does not tell from none. */
    private static HttpUrl overTls(HttpUrl url, String address) {
        HttpUrl.Builder secured = url.newBuilder().scheme("https");
        return HTTP_PORT.matcher(address).lookingAt()
                ? secured.port(HttpUrl.defaultPort("http")).build()
                : secured.build();
    }

    /** SVIDs contain no host names; the trust manager decides on their IDs. */
    private static OkHttpClient.Builder client(TlsSource tls) {
        OkHttpClient.Builder client = new OkHttpClient.Builder();
        return tls instanceof SpiffeTls
                ? client.hostnameVerifier((host, session) -> true).connectionSpecs(List.of(TLS_1_3))
                : client;
    }

    @Override
    public String name() {
        return "notification";
    }

    @Override
    public boolean accepts(ObjectEvent event) {
        return event.type() != EventType.TRACE && event.object().getNamespace() != null;
    }

    @Override
    public void send(ObjectEvent event) throws IOException {
        byte[] body = bodies.of(event);
        for (int retry = 0; !sent(body, retry); retry++) {
            LOG.atTrace().addKeyValue("retry", retry + 1).log("event receiver unavailable; retrying");
        }
    }

    /** Sends the event once. Returns false after a wait if the attempt is to be retried. */
    private boolean sent(byte[] body, int retry) throws IOException {
        String problem;
        Duration wait = Duration.ofSeconds(1L << retry);
        try (Response response = post(body).execute()) {
            if (response.isSuccessful() || response.code() == DUPLICATE) {
                return true;
            }
            problem = "HTTP " + response.code();
            if (response.code() < 500 || response.code() == NOT_IMPLEMENTED) {
                throw new RefusedException(failure(problem));
            }
            wait = retryAfter(response, wait);
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            problem = e.getClass().getSimpleName() + ": " + e.getMessage() + offered();
        }
        if (retry == RETRIES) {
            throw new IOException(failure(problem) + "; gave up after " + RETRIES + " retries");
        }
        sleep(wait);
        return false;
    }

    /** A receiver that refuses an SVID does not say which it expects. */
    private String offered() {
        return tls instanceof SpiffeTls spiffe ? "; offered " + spiffe.offered() : "";
    }

    /** Returns the client; another one after the certificates have changed. */
    private OkHttpClient client() throws IOException {
        if (!address.isHttps()) {
            return http;
        }
        try {
            TlsSource.ClientSockets current = tls.clientSockets();
            if (current.trustManager() != trustManager) {
                trustManager = current.trustManager();
                http = http.newBuilder()
                        .sslSocketFactory(current.sockets(), current.trustManager())
                        .build();
            }
            return http;
        } catch (TlsUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Call post(byte[] body) throws IOException {
        Request.Builder request = new Request.Builder()
                .url(address)
                .post(RequestBody.create(body, JSON))
                .header("User-Agent", "sluice");
        if (!address.username().isEmpty() || !address.password().isEmpty()) {
            request.header("Authorization", Credentials.basic(address.username(), address.password()));
        }
        return client().newCall(request.build());
    }

    private String failure(String problem) {
        return "cannot post the event to %s:%d: %s".formatted(address.host(), address.port(), problem);
    }

    private static Duration retryAfter(Response response, Duration otherwise) {
        try {
            String seconds = response.header("Retry-After", "");
            Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
            return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked.isNegative() ? otherwise : asked;
        } catch (NumberFormatException | ArithmeticException notInSeconds) {
            return otherwise;
        }
    }

    /** Waits with up to 10 % of random jitter, so that processes do not retry in lockstep. */
    private void sleep(Duration wait) throws InterruptedIOException {
        long millis = wait.toMillis();
        try {
            pause.sleep(Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 10 + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to retry the event");
        }
    }

    /** A response for which a retry cannot succeed. */
    private static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
