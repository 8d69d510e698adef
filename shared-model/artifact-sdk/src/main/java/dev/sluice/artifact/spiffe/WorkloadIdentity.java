package dev.sluice.artifact.spiffe;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SPIFFE identity of this process: its X.509-SVID and the authorities of trust domains, from the Workload API. A
 * daemon thread receives updates until {@link #close}. While the Workload API is unavailable, it retries, and the
 * last SVID is used as long as it is valid. Thread-safe.
 */
public final class WorkloadIdentity implements AutoCloseable {

    /** The environment variable with the address of the Workload API. */
    public static final String ADDRESS_VARIABLE = "SPIFFE_ENDPOINT_SOCKET";

    private static final Logger LOG = LoggerFactory.getLogger(WorkloadIdentity.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final double JITTER = 0.5;

    private final WorkloadApiAddress address;
    private final WorkloadApiStream stream;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable X509Context current;
    private volatile String problem;
    private volatile Duration wait = FIRST_WAIT;

    private WorkloadIdentity(WorkloadApiAddress address) {
        this.address = address;
        this.stream = new WorkloadApiStream(address);
        this.problem = "waiting for an X.509-SVID from the Workload API at " + address.text();
    }

    /**
     * Starts to receive the SVID and returns.
     *
     * @param address the Workload API: {@code unix:///path} or {@code tcp://ip-address:port}
     * @throws IllegalArgumentException if the address is not valid
     */
    public static WorkloadIdentity open(String address) {
        WorkloadIdentity identity = new WorkloadIdentity(WorkloadApiAddress.parse(address));
        DaemonThreads.create("workload-api", identity::watch).start();
        return identity;
    }

    /**
     * Checks an address without connecting, so that a wrong setting is reported before anything starts.
     *
     * @throws IllegalArgumentException if the address is not valid
     */
    public static void requireValid(String address) {
        WorkloadApiAddress unused = WorkloadApiAddress.parse(address);
    }

    /**
     * Like {@link #open}, with the address in {@value #ADDRESS_VARIABLE}.
     *
     * @throws IllegalArgumentException if the variable is not set or its value is not valid
     */
    public static WorkloadIdentity fromEnvironment(Map<String, String> environment) {
        String value = environment.getOrDefault(ADDRESS_VARIABLE, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("mutual TLS with SPIFFE needs the address of the Workload API in "
                    + ADDRESS_VARIABLE + ", such as unix:///spiffe-workload-api/spire-agent.sock");
        }
        try {
            return open(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ADDRESS_VARIABLE + ": " + e.getMessage(), e);
        }
    }

    @Nullable
    X509Context current() {
        return current;
    }

    /** Returns why there is no current SVID, or no newer one. */
    String problem() {
        return problem;
    }

    private void watch() {
        try {
            do {
                receive();
            } while (!closed.await(jittered(wait).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // an interrupt ends the thread
        }
    }

    /** All workloads of a node lose the same agent at once. */
    private static Duration jittered(Duration wait) {
        return wait.plusMillis(
                (long) (wait.toMillis() * JITTER * ThreadLocalRandom.current().nextDouble()));
    }

    private void receive() {
        try {
            stream.receive(this::update);
        } catch (IOException | RuntimeException e) {
            if (closed.getCount() > 0) {
                report("cannot get an X.509-SVID from the Workload API at " + address.text() + ": "
                        + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
                Duration longer = wait.multipliedBy(2);
                wait = longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer;
            }
        }
    }

    private void update(ByteBuffer message) throws IOException {
        X509Context next = X509Context.parse(message);
        if (!next.equals(current)) {
            // agents send the same again after a reconnection
            current = next;
        }
        problem = "";
        wait = FIRST_WAIT;
        LOG.atInfo()
                .addKeyValue("spiffeId", next.id())
                .addKeyValue("validUntil", next.expires())
                .addKeyValue("trustDomains", new TreeSet<>(next.bundles().keySet()))
                .log("X.509-SVID received");
    }

    /** Logs each problem once. */
    private void report(String newProblem) {
        if (!newProblem.equals(problem)) {
            problem = newProblem;
            LOG.atError()
                    .addKeyValue("error", newProblem)
                    .log(
                            current == null
                                    ? "Workload API unavailable; retrying"
                                    : "Workload API unavailable; using the last X.509-SVID and retrying");
        }
    }

    /** Stops receiving updates. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        stream.close();
    }
}
