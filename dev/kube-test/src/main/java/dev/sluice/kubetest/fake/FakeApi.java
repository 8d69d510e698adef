package dev.sluice.kubetest.fake;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/**
 * An API server in the process of the test, for code that takes an {@link ApiClient}: answers each request as the test
 * says, and records it. No network, and no mocks of final classes. Thread-safe.
 *
 * <pre>{@code
 * FakeApi api = new FakeApi(asked -> Answer.status(404, "not found"));
 * ApiRequests requests = new ApiRequests(api.client(), Duration.ofSeconds(30));
 * }</pre>
 */
public final class FakeApi implements Interceptor {

    /** Computes the server's response. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Returns the response to a request.
         *
         * @throws IOException as if the connection had failed
         */
        Answer answer(Asked asked) throws IOException;
    }

    /** A request with its body as text; an empty text for none. */
    public record Asked(String method, URI uri, String contentType, String body) {

        /** Returns the path without the query. */
        public String path() {
            return uri.getPath();
        }

        /** Returns the body as JSON. */
        public JsonObject json() {
            return JsonParser.parseString(body).getAsJsonObject();
        }

        /** Method and path. */
        @Override
        public String toString() {
            return method + " " + path();
        }
    }

    /** A JSON response. */
    public record Answer(int code, String body) {

        /** 200 with this JSON. */
        public static Answer ok(String json) {
            return new Answer(200, json);
        }

        /** A Status object, as the API server sends for failures. */
        public static Answer status(int code, String message) {
            return new Answer(code, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"message\":\"" + message + "\"}");
        }
    }

    private final List<Asked> requests = new CopyOnWriteArrayList<>();
    private volatile Handler handler;

    /** Creates a server that answers with this handler. */
    public FakeApi(Handler handler) {
        this.handler = handler;
    }

    /** Answers further requests with another handler. */
    public void handle(Handler handler) {
        this.handler = handler;
    }

    /** Returns the requests so far. */
    public List<Asked> requests() {
        return requests;
    }

    /** Creates a client of this server. */
    public ApiClient client() {
        return new ApiClient(new OkHttpClient.Builder().addInterceptor(this).build())
                .setBasePath("http://fake.invalid");
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Asked asked = read(chain.request());
        requests.add(asked);
        Answer answer = handler.answer(asked);
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(answer.code())
                .message("")
                .body(ResponseBody.create(answer.body(), MediaType.get("application/json")))
                .build();
    }

    private static Asked read(Request request) {
        Buffer buffer = new Buffer();
        try {
            if (request.body() != null) {
                request.body().writeTo(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String type =
                request.body() == null ? "" : String.valueOf(request.body().contentType());
        return new Asked(request.method(), request.url().uri(), type, buffer.readUtf8());
    }
}
