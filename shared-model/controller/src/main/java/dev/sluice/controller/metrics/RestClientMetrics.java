package dev.sluice.controller.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The metric {@code rest_client_requests_total} by code, method and host. Add it to the OkHttp client as the last
 * interceptor, so that it does not count requests that were never sent. A request without a response has the code
 * {@code <error>}. Thread-safe.
 */
public final class RestClientMetrics implements Interceptor {

    private static final String NO_RESPONSE = "<error>";

    private final MeterRegistry registry;

    /** Counts requests in this registry. */
    public RestClientMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        String code = NO_RESPONSE;
        try {
            Response response = chain.proceed(request);
            code = Integer.toString(response.code());
            return response;
        } finally {
            counter(request, code).increment();
        }
    }

    private Counter counter(Request request, String code) {
        return Counter.builder("rest.client.requests")
                .description("Requests to the Kubernetes API")
                .tags("code", code, "method", request.method(), "host", host(request))
                .register(registry);
    }

    private static String host(Request request) {
        return request.url().host() + ":" + request.url().port();
    }
}
