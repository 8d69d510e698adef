package dev.sluice.controller.request;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** Creates calls with the client's base path, credentials and connections. Thread-safe. */
public final class CallFactory {

    private static final String[] AUTHENTICATION = {"BearerToken"};

    private final ApiClient client;

    public CallFactory(ApiClient client) {
        this.client = client;
    }

    /**
     * Creates a call without executing it.
     *
     * @param body null for none
     * @throws IOException if the client cannot create the request, for example because it cannot read its credentials
     */
    public Call call(
            String method, ResourcePath path, Map<String, String> query, @Nullable String body, String contentType)
            throws IOException {
        List<Pair> parameters = new ArrayList<>();
        query.forEach((name, value) -> parameters.add(new Pair(name, value)));
        // the client adds entries to this map
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json", "Content-Type", contentType));
        try {
            Object content = body == null ? null : body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            return client.buildCall(
                    null,
                    path.path(),
                    method,
                    parameters,
                    List.of(),
                    content,
                    headers,
                    Map.of(),
                    Map.of(),
                    AUTHENTICATION,
                    null);
        } catch (ApiException e) {
            throw new IOException("cannot create a request for " + path.name() + ": " + e.getMessage(), e);
        }
    }
}
