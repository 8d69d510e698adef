package dev.sluice.artifact.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/** Adapts the proxy rules to the JDK's HTTP client. */
final class EnvironmentProxies extends ProxySelector {

    private final ProxyRules rules;

    EnvironmentProxies(ProxyRules rules) {
        this.rules = rules;
    }

    @Override
    public List<Proxy> select(URI url) {
        // resolve for each request, so that a proxy whose address changes is found
        return List.of(rules.proxyFor(url)
                .map(proxy -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port())))
                .orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI url, SocketAddress proxy, IOException failure) {
        // reported by the failed download
    }
}
