package dev.sluice.reconciler;

import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;

/** Our CRDs in a cluster, for tests of other packages. */
public final class InstalledCrds {

    private InstalledCrds() {}

    /** Installs them and waits until they are served. */
    public static void in(ApiClient client) throws IOException {
        new Cluster(client).installCrds();
    }
}
