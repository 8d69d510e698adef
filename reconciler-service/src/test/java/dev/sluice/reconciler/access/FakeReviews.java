package dev.sluice.reconciler.access;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.controller.access.AccessReviews;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.json.ToolkitJson;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/** An API server that answers access reviews: it allows everything that is not denied, and records the questions. */
public final class FakeReviews {

    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private boolean broken;

    /** Access of generators without an account and without restrictions; asks nothing. */
    public static TargetAccess unchecked() {
        return new FakeReviews().access(AccessRules.NONE);
    }

    /** Access under these rules. Each call starts with an empty cache of answers. */
    public TargetAccess access(AccessRules rules) {
        return new TargetAccess(reviews(), rules);
    }

    /** Access to namespaces under these rules. Each call starts with an empty cache of answers. */
    public NamespaceAccess namespaceAccess(AccessRules rules) {
        return new NamespaceAccess(reviews(), rules);
    }

    private AccessReviews reviews() {
        ToolkitJson.install();
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(chain -> answer(chain.request()))
                .build();
        ApiClient client = new ApiClient(http).setBasePath("http://api.test");
        return AccessReviews.ofAllNamespaces(new ApiRequests(client, Duration.ofSeconds(30)), Ticker.system());
    }

    /**
     * Denies a verb in a namespace to all accounts, such as {@code patch externalartifacts/status}, or on the namespace
     * itself, such as {@code delete namespaces}.
     */
    public FakeReviews deny(String namespace, String verbAndResource) {
        denied.add(namespace + ": " + verbAndResource);
        return this;
    }

    public FakeReviews allowAll() {
        denied.clear();
        return this;
    }

    public void breakDown() {
        broken = true;
    }

    /** The questions, such as {@code system:serviceaccount:apps:deployer x: create externalartifacts}. */
    public List<String> asked() {
        return asked;
    }

    private Response answer(Request request) throws IOException {
        Buffer buffer = new Buffer();
        if (request.body() != null) {
            request.body().writeTo(buffer);
        }
        JsonObject spec =
                JsonParser.parseString(buffer.readUtf8()).getAsJsonObject().getAsJsonObject("spec");
        JsonObject attributes = spec.getAsJsonObject("resourceAttributes");
        String resource = text(attributes, "resource")
                + (attributes.has("subresource") ? "/" + text(attributes, "subresource") : "");
        String place = text(attributes, attributes.has("namespace") ? "namespace" : "name");
        String question = "%s: %s %s".formatted(place, text(attributes, "verb"), resource);
        asked.add(text(spec, "user") + " " + question);
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(broken ? 503 : 201)
                .message("configured")
                .body(ResponseBody.create(
                        "{\"status\":{\"allowed\":%s}}".formatted(!denied.contains(question)),
                        MediaType.get("application/json")))
                .build();
    }

    private static String text(JsonObject object, String field) {
        return object.has(field) ? object.get(field).getAsString() : "";
    }
}
