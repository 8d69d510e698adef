package dev.sluice.artifact.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of a server or a client with certificates and keys from files, which can change at any time: each new connection
 * uses the files' content of at most a second ago; established connections are not interrupted. Content that cannot be
 * used, such as a key that does not belong to the certificate while both are being replaced, is logged and ignored as
 * long as the previous one is valid. Starts no thread and needs no close: the files are read when a connection is
 * established or {@link #state} is called, at most once a second, and not when an instance is created. Thread-safe.
 */
public final class ReloadingTls implements TlsSource {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadingTls.class);
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final TlsFiles files;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final RefusedClients refused = new RefusedClients();
    private final ReentrantLock reload = new ReentrantLock();
    private @Nullable TlsContent content;
    private volatile @Nullable TlsMaterial material;
    private volatile String problem = "";
    private volatile long checkedNanos;

    private ReloadingTls(TlsFiles files, Clock clock, LongSupplier nanoTime) {
        this.files = files;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.checkedNanos = nanoTime.getAsLong() - INTERVAL_NANOS;
    }

    /** Uses these files. */
    public static ReloadingTls of(TlsFiles files) {
        return new ReloadingTls(files, Clock.systemUTC(), System::nanoTime);
    }

    static ReloadingTls of(TlsFiles files, Clock clock, LongSupplier nanoTime) {
        return new ReloadingTls(files, clock, nanoTime);
    }

    @Override
    public SSLContext currentContext() {
        return usable().newContext();
    }

    /**
     * Returns a context like {@link #context()} for a client that connects to hosts which others choose: it presents the
     * certificate only to some of them. For an unknown host and in socket factories, it has no certificate.
     *
     * @param hosts whether a host, as a name or an address in lower case, may receive the client certificate
     */
    public SSLContext contextFor(Predicate<String> hosts) {
        return new CurrentSslContext(host -> {
            TlsMaterial current = usable();
            return host != null && hosts.test(host.toLowerCase(Locale.ROOT))
                    ? current.newContext()
                    : current.newAnonymousContext();
        });
    }

    @Override
    public TlsState state() {
        return files.isEmpty()
                ? new TlsState(true, "trusts the certificate authorities of the JVM", Optional.empty())
                : loadedState();
    }

    private TlsState loadedState() {
        TlsMaterial current = current();
        if (current == null) {
            return new TlsState(false, problem, Optional.empty());
        }
        Optional<String> invalid = current.invalidity(clock.instant());
        return invalid.map(reason -> new TlsState(false, reason + suffix(reason), current.expires()))
                .orElseGet(() -> new TlsState(true, current.describe() + validity(current), current.expires()));
    }

    private static String validity(TlsMaterial current) {
        return current.expires().map(end -> " is valid until " + end).orElse("");
    }

    private String suffix(String reason) {
        String other = problem;
        return other.isEmpty() || other.equals(reason) ? "" : "; " + other;
    }

    /**
     * Returns the parameters of a server: TLS 1.3 only, and a client certificate is required if the files name
     * authorities.
     */
    @Override
    public SSLParameters serverParameters() {
        return TlsSource.tls13Server(files.authorities().isPresent());
    }

    private TlsMaterial usable() {
        TlsMaterial current = current();
        if (current == null || current.invalidity(clock.instant()).isPresent()) {
            throw new TlsUnavailableException(loadedState().detail());
        }
        return current;
    }

    /** Logs it if clients need a certificate. */
    @Override
    public void handshakeFailed(String client, SSLException failure) {
        if (files.authorities().isPresent()) {
            refused.reportHandshake(client, failure);
        }
    }

    @Override
    public X509TrustManager trustManager() {
        return usable().trustManager();
    }

    private @Nullable TlsMaterial current() {
        if (isDue() && acquireReload()) {
            try {
                if (isDue()) {
                    reload();
                }
            } finally {
                reload.unlock();
            }
        }
        return material;
    }

    private boolean isDue() {
        return nanoTime.getAsLong() - checkedNanos >= INTERVAL_NANOS;
    }

    /** Waits for another thread only if there is nothing to use meanwhile. */
    private boolean acquireReload() {
        if (material == null) {
            reload.lock();
            return true;
        }
        return reload.tryLock();
    }

    private void reload() {
        try {
            TlsContent read = TlsContent.read(files);
            if (!read.equals(content)) {
                use(read);
            }
            checkValidity();
        } catch (IOException | RuntimeException e) {
            report(e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString());
        }
        checkedNanos = nanoTime.getAsLong();
    }

    private void use(TlsContent read) throws IOException {
        TlsMaterial loaded = read.parse().reporting(refused);
        Optional<String> invalid = loaded.invalidity(clock.instant());
        if (invalid.isPresent()) {
            throw new IOException(invalid.get());
        }
        material = loaded;
        content = read;
        LOG.atInfo()
                .addKeyValue(
                        "certificate", files.certificate().map(Path::toString).orElse("none"))
                .addKeyValue(
                        "validUntil", loaded.expires().map(Instant::toString).orElse("unlimited"))
                .addKeyValue(
                        "authorities", files.authorities().map(Path::toString).orElse("default"))
                .log("TLS files loaded");
    }

    /** The file of a certificate that expires without a replacement does not change. */
    private void checkValidity() {
        TlsMaterial current = material;
        String invalid =
                current == null ? "" : current.invalidity(clock.instant()).orElse("");
        if (!invalid.isEmpty() && !invalid.equals(problem)) {
            LOG.atError().addKeyValue("error", invalid).log("TLS certificate not replaced in time; retrying");
        }
        problem = invalid;
    }

    /** Logs each problem once. */
    private void report(String newProblem) {
        if (!newProblem.equals(problem)) {
            problem = newProblem;
            LOG.atError()
                    .addKeyValue("error", newProblem)
                    .log(
                            material == null
                                    ? "cannot load TLS files; retrying"
                                    : "cannot load changed TLS files; using the previous ones");
        }
    }
}
