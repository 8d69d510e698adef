package dev.sluice.controller.source;

import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.tls.TlsPem;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Secrets of a namespace with the entries of Flux's sources. They are read in every run, so that changes take effect
 * at once, and nothing of them is kept. Messages contain the names of Secrets and entries, never their content.
 */
record SecretAccess(ApiRequests requests, String namespace) {

    private static final ApiKind SECRET = new ApiKind("", "v1", "Secret", "secrets");

    Map<String, byte[]> data(String name) throws IOException, BuildFailure {
        V1Secret secret = requests.get(SECRET, new ObjectKey(namespace, name), V1Secret.class)
                .orElseThrow(() -> failure(name, "does not exist"));
        Map<String, byte[]> data = secret.getData();
        return data == null ? Map.of() : data;
    }

    FetchAccess withCertificates(FetchAccess access, String name) throws IOException, BuildFailure {
        Map<String, byte[]> data = data(name);
        if (!data.containsKey("ca.crt") && !data.containsKey("tls.crt")) {
            throw failure(name, "has neither ca.crt nor tls.crt");
        }
        try {
            return access.withTls(TlsPem.clientContext(data));
        } catch (IOException e) {
            throw failure(name, "is invalid: " + e.getMessage());
        }
    }

    FetchAccess withCredentials(FetchAccess access, String name) throws IOException, BuildFailure {
        Map<String, byte[]> data = data(name);
        String token = text(data, "bearerToken");
        String user = text(data, "username");
        String password = text(data, "password");
        try {
            if (token != null) {
                return access.withBearer(token.strip());
            } else if (user != null && password != null) {
                return access.withBasic(user, password);
            }
        } catch (IllegalArgumentException e) {
            throw failure(name, "is invalid: " + e.getMessage());
        }
        throw failure(name, "has neither bearerToken nor username and password");
    }

    private static @Nullable String text(Map<String, byte[]> data, String key) {
        byte[] value = data.get(key);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private static BuildFailure failure(String name, String what) {
        return BuildFailure.retry("FetchFailed", "Secret '" + name + "' " + what, null);
    }
}
