package dev.sluice.kubeapi;

import java.net.URI;

/** Creates kubeconfig files. */
final class Kubeconfigs {

    private Kubeconfigs() {}

    static String of(URI server) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                  - name: sluice
                    cluster:
                      server: %s
                users:
                  - name: sluice
                    user: {}
                contexts:
                  - name: sluice
                    context:
                      cluster: sluice
                      user: sluice
                      namespace: default
                current-context: sluice
                """.formatted(server);
    }
}
