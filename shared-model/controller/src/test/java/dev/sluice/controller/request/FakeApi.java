package dev.sluice.controller.request;

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

/** A fake API server in the client's process; records the requests. */
public final class FakeApi implements Interceptor {

    /** Computes the server's response. */
    @FunctionalInterface
    public interface Handler {
        Answer answer(Asked asked) throws IOException;
    }

    /** A request with its body as text. */
    public record Asked(String method, URI uri, String contentType, String body) {

        public String path() {
            return uri.getPath();
        }

        public JsonObject json() {
            return JsonParser.parseString(body).getAsJsonObject();
        }

        @Override
        public String toString() {
            return method + " " + path();
        }
    }

    /** A JSON response. */
    public record Answer(int code, String body) {

        public static Answer ok(String json) {
            return new Answer(200, json);
        }

        public static Answer status(int code, String message) {
            return new Answer(code, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"message\":\"" + message + "\"}");
        }
    }

    private final List<Asked> requests = new CopyOnWriteArrayList<>();
    private volatile Handler handler;

    public FakeApi(Handler handler) {
        this.handler = handler;
    }

    public void handle(Handler handler) {
        this.handler = handler;
    }

    public List<Asked> requests() {
        return requests;
    }

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
