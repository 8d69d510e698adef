package dev.sluice.reconciler.cluster;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.json.ToolkitJson;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/** An API server without a network: records requests and answers all of them alike. */
public final class FakeApi {

    private final List<String> requests = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private ToIntFunction<String> code = request -> 200;
    private String answer = "{}";
    private Runnable before = () -> {};

    public ApiRequests apiRequests() {
        ToolkitJson.install();
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    before.run();
                    String asked = chain.request().method() + " "
                            + chain.request().url().encodedPath();
                    requests.add(asked);
                    bodies.add(bodyOf(chain.request()));
                    return new Response.Builder()
                            .request(chain.request())
                            .protocol(Protocol.HTTP_1_1)
                            .code(code.applyAsInt(asked))
                            .message("configured")
                            .body(ResponseBody.create(answer, MediaType.get("application/json")))
                            .build();
                })
                .build();
        ApiClient client = new ApiClient(http).setBasePath("http://api.test");
        return new ApiRequests(client, Duration.ofSeconds(30));
    }

    private static String bodyOf(Request request) throws IOException {
        Buffer body = new Buffer();
        if (request.body() != null) {
            request.body().writeTo(body);
        }
        return body.readUtf8();
    }

    public void answer(int status) {
        answer(request -> status);
    }

    /** Sets a status for each request, such as {@code GET /apis}. */
    public void answer(ToIntFunction<String> status) {
        code = status;
    }

    public void answerWith(Object body) {
        answer = ToolkitJson.gson().toJson(body);
    }

    /** Runs an action during a request. */
    public void during(Runnable action) {
        before = action;
    }

    public List<String> requests() {
        return requests;
    }

    public List<String> bodies() {
        return bodies;
    }
}
