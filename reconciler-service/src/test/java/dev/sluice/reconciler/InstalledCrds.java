package dev.sluice.reconciler;

import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;

/** Installs our CRDs, for tests of other packages. */
public final class InstalledCrds {

    private InstalledCrds() {}

    /** Installs the CRDs and waits until they are served. */
    public static void in(ApiClient client) throws IOException {
        new Cluster(client).installCrds();
    }
}
