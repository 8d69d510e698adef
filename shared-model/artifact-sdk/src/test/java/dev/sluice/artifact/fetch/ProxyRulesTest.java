package dev.sluice.artifact.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyRulesTest {

    private static final String PROXY = "http://proxy.example:3128";

    private static String proxyFor(Map<String, String> environment, String url) {
        return ProxyRules.fromEnvironment(environment)
                .proxyFor(URI.create(url))
                .map(p -> p.host() + ":" + p.port())
                .orElse("direct");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | http://example.com/ | proxied",
                "* | http://example.com/ | direct",
                "example.com | http://example.com/ | direct",
                "example.com | http://www.example.com/ | direct",
                "example.com | http://notexample.com/ | proxied",
                "EXAMPLE.com | http://Example.COM/ | direct",
                ".example.com | http://example.com/ | proxied",
                ".example.com | http://www.example.com/ | direct",
                "*.example.com | http://example.com/ | proxied",
                "*.example.com | http://www.example.com/ | direct",
                "example.com:8080 | http://example.com/ | proxied",
                "example.com:8080 | http://example.com:8080/ | direct",
                "example.com:80 | http://example.com/ | direct",
                "a, .svc ,b | http://x.ns.svc/ | direct",
                ".svc.cluster.local | http://x.ns.svc.cluster.local./ | direct",
                "svc.cluster.local. | http://x.ns.svc.cluster.local/ | direct",
                "10.0.0.0/8 | http://10.1.2.3/ | direct",
                "10.0.0.0/8 | http://11.1.2.3/ | proxied",
                "10.1.2.0/23 | http://10.1.3.255/ | direct",
                "10.1.2.0/23 | http://10.1.4.0/ | proxied",
                "10.1.2.3 | http://10.1.2.3/ | direct",
                "10.1.2.3:81 | http://10.1.2.3/ | proxied",
                "fd00::/8 | http://[fd12::1]/ | direct",
                "fd00::/8 | http://[fe80::1]/ | proxied",
                "fd12::1 | http://[fd12:0::1]/ | direct",
                "[fd12::1]:80 | http://[fd12::1]/ | direct",
                "10.0.0.0/99 | http://10.1.2.3/ | proxied",
                "nonsense/8 | http://nonsense/ | proxied",
                "'' | http://localhost/ | direct",
                "'' | http://127.0.0.1/ | direct",
                "'' | http://127.9.9.9:80/ | direct",
                "'' | http://[::1]/ | direct",
                "999.1.1.1 | http://999.1.1.1/ | direct"
            })
    void knowsTheExceptions(String noProxy, String url, String expected) {
        String proxy = proxyFor(Map.of("HTTP_PROXY", PROXY, "NO_PROXY", noProxy), url);
        assertThat(proxy).isEqualTo(expected.equals("direct") ? "direct" : "proxy.example:3128");
    }

    @Test
    void selectsTheProxyByScheme() {
        Map<String, String> environment = Map.of("HTTP_PROXY", "a:1", "https_proxy", "http://b:2");
        assertThat(proxyFor(environment, "http://x/")).isEqualTo("a:1");
        assertThat(proxyFor(environment, "https://x/")).isEqualTo("b:2");
        assertThat(proxyFor(Map.of("HTTP_PROXY", "a"), "http://x/")).isEqualTo("a:80");
        assertThat(proxyFor(Map.of("HTTP_PROXY", "a"), "https://x/")).isEqualTo("direct");
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
        assertThat(proxyFor(Map.of("HTTP_PROXY", " "), "http://x/")).isEqualTo("direct");
        assertThat(proxyFor(Map.of("HTTP_PROXY", "", "http_proxy", "a:1"), "http://x/"))
                .isEqualTo("a:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://user:s3cret@a:1",
                "https://user:s3cret@a",
                "http://user:s3cret@/",
                "http://u:s3cret@a b"
            })
    void refusesOtherProxiesWithoutShowingPasswords(String proxy) {
        assertThatThrownBy(() -> ProxyRules.fromEnvironment(Map.of("HTTP_PROXY", proxy)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HTTP_PROXY")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"))
                .hasNoCause();
    }
}
