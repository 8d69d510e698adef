package dev.sluice.examples.release.upstream;

import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.examples.release.upstream.ReleaseFailure.Reason;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Secrets of a release from the API server in every reconciliation, so that changes take effect immediately.
 * Nothing is kept after the reconciliation, neither in memory nor on disk. Thread-safe.
 */
final class UpstreamSecrets {

    private static final ApiKind SECRET = new ApiKind("", "v1", "Secret", "secrets");

    private final ApiRequests requests;

    UpstreamSecrets(ApiRequests requests) {
        this.requests = requests;
    }

    // region secrets
    FetchAccess access(ProjectRelease release) throws IOException, ReleaseFailure {
        FetchAccess access = FetchAccess.open();
        LocalObjectReference certificates = release.spec().certSecretRef();
        if (certificates != null) {
            access = withCertificates(access, certificates.name(), data(release, certificates.name()));
        }
        LocalObjectReference credentials = release.spec().secretRef();
        if (credentials != null) {
            access = withCredentials(access, credentials.name(), data(release, credentials.name()));
        }
        return access;
    }
    // endregion

    /** Returns the data of a Secret in the release's namespace. */
    Map<String, byte[]> data(ProjectRelease release, String name) throws IOException, ReleaseFailure {
        ObjectKey key = new ObjectKey(release.key().namespace(), name);
        Map<String, byte[]> data = requests.get(SECRET, key, V1Secret.class)
                .orElseThrow(() -> failure(name, "does not exist"))
                .getData();
        return data == null ? Map.of() : data;
    }

    private static FetchAccess withCertificates(FetchAccess access, String name, Map<String, byte[]> data)
            throws ReleaseFailure {
        if (!data.containsKey("ca.crt") && !data.containsKey("tls.crt")) {
            throw failure(name, "has neither ca.crt nor tls.crt");
        }
        try {
            return access.withTls(TlsMaterial.context(data));
        } catch (GeneralSecurityException e) {
            throw failure(name, "cannot be used for TLS: " + e.getMessage());
        }
    }

    private static FetchAccess withCredentials(FetchAccess access, String name, Map<String, byte[]> data)
            throws ReleaseFailure {
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
            throw failure(name, "cannot be used: " + e.getMessage());
        }
        throw failure(name, "has neither bearerToken nor username and password");
    }

    private static @Nullable String text(Map<String, byte[]> data, String key) {
        byte[] value = data.get(key);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    static ReleaseFailure failure(String name, String what) {
        return new ReleaseFailure(Reason.FETCH_FAILED, "Secret '" + name + "' " + what, null);
    }
}
