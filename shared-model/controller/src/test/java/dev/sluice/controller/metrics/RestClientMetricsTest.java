package dev.sluice.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.kubetest.fake.FakeApi;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

class RestClientMetricsTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void countsResponsesAndErrors() throws IOException {
        FakeApi api = new FakeApi(asked -> {
            if (asked.method().equals("DELETE")) {
                throw new IOException("connection reset");
            }
            return Answer.status(404, "not found");
        });
        OkHttpClient client = new OkHttpClient.Builder()
                .addInterceptor(new RestClientMetrics(registry))
                .addInterceptor(api)
                .build();
        Request.Builder request = new Request.Builder().url("https://10.0.0.1/apis");

        client.newCall(request.build()).execute().close();
        client.newCall(request.build()).execute().close();
        assertThatIOException()
                .isThrownBy(() -> client.newCall(request.delete().build()).execute());

        assertThat(registry.scrape().lines())
                .contains(
                        "rest_client_requests_total{code=\"404\",host=\"10.0.0.1:443\",method=\"GET\"} 2.0",
                        "rest_client_requests_total{code=\"<error>\",host=\"10.0.0.1:443\",method=\"DELETE\"} 1.0");
    }
}
