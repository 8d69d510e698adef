package dev.sluice.artifact.spiffe;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Finds out whether a Workload API still answers while a stream waits for an update, which can take hours. Calls a method
 * that does not exist: every gRPC server answers that it is not implemented. HTTP/2 pings are no alternative, because
 * servers of grpc-go end connections that ping more often than every five minutes; nor is a health check, which a Workload
 * API does not need to have.
 */
final class WorkloadApiProbe {

    /**
     * When to probe.
     *
     * @param pause before each call
     * @param limit for each call; a silent agent is noticed after both
     */
    record Timing(Duration pause, Duration limit) {

        static final Timing DEFAULT = new Timing(Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    private static final String METHOD = "http://localhost/dev.sluice.Liveness/Probe";
    private static final RequestBody EMPTY = RequestBody.create(new byte[0], MediaType.get("application/grpc"));

    private final OkHttpClient client;
    private final Timing timing;

    WorkloadApiProbe(OkHttpClient client, Timing timing) {
        this.client = client;
        this.timing = timing;
    }

    /** Starts to probe; cancels the stream if the Workload API does not answer. */
    Running start(Call stream) {
        Running running = new Running(stream);
        DaemonThreads.create("workload-api-probe", running::probe).start();
        return running;
    }

    /** Probes until it is closed. */
    final class Running implements AutoCloseable {

        private final Call stream;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean silent;

        private Running(Call stream) {
            this.stream = stream;
        }

        /** Whether the stream was cancelled because there was no answer. */
        boolean foundSilence() {
            return silent;
        }

        private void probe() {
            try {
                while (!silent && !ended.await(timing.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                    if (!answers()) {
                        silent = true;
                        stream.cancel();
                    }
                }
            } catch (InterruptedException e) {
                // an interrupt ends the thread
            }
        }

        /** Any answer counts. A connection that fails ends the stream, too. */
        private boolean answers() {
            Call call = client.newCall(new Request.Builder()
                    .url(METHOD)
                    .post(EMPTY)
                    .header("te", "trailers")
                    .header("workload.spiffe.io", "true")
                    .build());
            call.timeout().timeout(timing.limit().toMillis(), TimeUnit.MILLISECONDS);
            try {
                call.execute().close();
                return true;
            } catch (InterruptedIOException e) {
                return false;
            } catch (IOException e) {
                return true;
            }
        }

        @Override
        public void close() {
            ended.countDown();
        }
    }
}
