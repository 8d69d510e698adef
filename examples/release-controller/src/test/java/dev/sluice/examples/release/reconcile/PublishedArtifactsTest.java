package dev.sluice.examples.release.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.examples.release.upstream.ReleaseFailure;
import dev.sluice.examples.release.upstream.ReleaseFailure.Reason;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;

class PublishedArtifactsTest {

    private final ReleaseFailure failure = new ReleaseFailure(Reason.FETCH_FAILED, "the host is down", null);
    private final ExternalArtifact current = new ExternalArtifact(
            new V1ObjectMeta().namespace("apps").name("one").uid("u1").resourceVersion("5"),
            new ExternalArtifactSpec(null));
    private final List<String> methods = new ArrayList<>();

    @Test
    void ignoresMissingArtifactWhenReportingFailure() throws IOException {
        answering(404, 404).reportFailure(current, failure);
        answering(409, 404).reportFailure(current, failure);

        assertThat(methods).containsExactly("PATCH", "PATCH", "GET");
    }

    @Test
    void failsRunOnOtherErrors() {
        assertThatExceptionOfType(ApiRequestException.class)
                .isThrownBy(() -> answering(403, 403).reportFailure(current, failure))
                .matches(refused -> refused.code() == 403);
        assertThat(methods).containsExactly("PATCH");
    }

    private PublishedArtifacts answering(int patch, int get) {
        ToolkitJson.install();
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    String method = chain.request().method();
                    methods.add(method);
                    return new Response.Builder()
                            .request(chain.request())
                            .protocol(Protocol.HTTP_1_1)
                            .code(method.equals("GET") ? get : patch)
                            .message("test message")
                            .body(ResponseBody.create("{}", MediaType.get("application/json")))
                            .build();
                })
                .build();
        ApiClient client = new ApiClient(http).setBasePath("http://api.test");
        return new PublishedArtifacts(new ApiRequests(client, Duration.ofSeconds(30)), Clock.systemUTC());
    }
}
