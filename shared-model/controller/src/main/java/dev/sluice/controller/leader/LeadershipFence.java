package dev.sluice.controller.leader;

import java.io.IOException;
import java.util.Set;
import java.util.function.BooleanSupplier;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Refuses writes to the API server if this process is not the leader. A leader that was paused resumes before it can
 * notice that another process leads. Add it as a network interceptor to the client that the leader's work uses, so that
 * it is checked last.
 */
public final class LeadershipFence implements Interceptor {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private final BooleanSupplier leads;

    /**
     * Creates a fence.
     *
     * @param leads {@link LeaderElection#isLeader}
     */
    public LeadershipFence(BooleanSupplier leads) {
        this.leads = leads;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (!READS.contains(request.method()) && !leads.getAsBoolean()) {
            throw new IOException("cannot " + request.method() + " "
                    + request.url().encodedPath() + ": this process is no longer the leader");
        }
        return chain.proceed(request);
    }
}
