package dev.sluice.controller.leader;

import com.google.gson.JsonObject;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Reads and writes the Lease. Each request has its own time limit, because the leader's time is limited. */
record LeaseStore(ApiClient client, ObjectKey key) {

    static final ApiKind KIND = new ApiKind("coordination.k8s.io", "v1", "Lease", "leases");

    Optional<LeaseRecord> get(Duration timeout) throws IOException {
        return requests(timeout).get(KIND, key, JsonObject.class).map(LeaseRecord::new);
    }

    /** Creates or replaces the Lease; fails with a conflict if another process was faster. */
    LeaseRecord put(LeaseRecord lease, Duration timeout) throws IOException {
        boolean exists = lease.json().getAsJsonObject("metadata").has("resourceVersion");
        return new LeaseRecord(
                exists
                        ? requests(timeout).replace(KIND, key, lease.json(), JsonObject.class)
                        : requests(timeout).create(KIND, key, lease.json(), JsonObject.class));
    }

    private ApiRequests requests(Duration timeout) {
        return new ApiRequests(client, timeout);
    }
}
