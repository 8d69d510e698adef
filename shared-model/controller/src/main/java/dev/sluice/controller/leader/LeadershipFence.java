package dev.sluice.controller.leader;

import java.io.IOException;
import java.util.Set;
import java.util.function.BooleanSupplier;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Keeps a process that does not lead any more from writing to the API server: a leader that was paused goes on where it
 * was, before anything can tell it that another leads by now. Add it to the client of the leading work as a network
 * interceptor, so that it is asked last.
 */
public final class LeadershipFence implements Interceptor {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private final BooleanSupplier leads;

    /** @param leads {@link LeaderElection#isLeader} */
    public LeadershipFence(BooleanSupplier leads) {
        this.leads = leads;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (!READS.contains(request.method()) && !leads.getAsBoolean()) {
            throw new IOException("refused to " + request.method() + " "
                    + request.url().encodedPath() + ": this process does not lead any more");
        }
        return chain.proceed(request);
    }
}
