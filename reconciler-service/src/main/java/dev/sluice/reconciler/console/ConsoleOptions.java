package dev.sluice.reconciler.console;

import dev.sluice.artifact.config.ListenAddress;

/**
 * Options of the console.
 *
 * @param address without a host, the console listens on loopback
 * @param contents whether the contents of artifacts are shown
 * @param namespaces the namespaces whose objects are shown
 */
public record ConsoleOptions(ListenAddress address, boolean contents, VisibleNamespaces namespaces) {

    private static final String LOOPBACK = "127.0.0.1";

    /** The host to listen on. */
    String host() {
        return address.host().isEmpty() ? LOOPBACK : address.host();
    }
}
