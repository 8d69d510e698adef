package dev.sluice.artifact.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedUrlsTest {

    private final AllowedUrls allowed = AllowedUrls.parse("http://source-controller.flux-system.svc.cluster.local./,"
            + " https://Mirror.test/flux/artifacts/ ,http://[::1]:9090/a");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://source-controller.flux-system.svc.cluster.local./gitrepository/a/b/c.tar.gz",
                "http://source-controller.flux-system.svc.cluster.local/x",
                "http://source-controller.flux-system.svc.cluster.local.:80",
                "HTTP://Source-Controller.FLUX-system.svc.cluster.local./x?y=1#z",
                "https://mirror.test:443/flux/artifacts",
                "https://mirror.test/flux/artifacts/a/b",
                "https://mirror.test/flux/%61rtifacts/a%20b",
                "http://[0:0:0:0:0:0:0:1]:9090/a/b"
            })
    void allowsAUrlThatStartsWithAPrefix(String url) {
        assertThat(allowed.allows(URI.create(url))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://source-controller.flux-system.svc.cluster.local./x",
                "http://source-controller.flux-system.svc.cluster.local.:8080/x",
                "http://source-controller.flux-system.svc.cluster.local.evil.test/x",
                "http://source-controller.flux-system.svc.cluster.local.@evil.test/x",
                "http://source-controller.flux-system.svc.cluster.local.:80@evil.test/x",
                "http://user@source-controller.flux-system.svc.cluster.local./x",
                "http://evil.test/source-controller.flux-system.svc.cluster.local./",
                "http://evil.test#@source-controller.flux-system.svc.cluster.local./",
                "http://evil.test?source-controller.flux-system.svc.cluster.local./",
                "//source-controller.flux-system.svc.cluster.local./x",
                "file://source-controller.flux-system.svc.cluster.local./x",
                "http:source-controller.flux-system.svc.cluster.local./x",
                "http://169.254.169.254/latest/meta-data",
                "http://2852039166/latest/meta-data",
                "http://[::ffff:169.254.169.254]/latest",
                "http://[::1]/a",
                "http://[::2]:9090/a",
                "http://[::1]:9090/b",
                "https://mirror.test/flux",
                "https://mirror.test/flux/artifactsx",
                "https://mirror.test/flux/artifacts/../secrets",
                "https://mirror.test/flux/artifacts/%2e%2e/secrets",
                "https://mirror.test/flux/artifacts/%2E./secrets",
                "https://mirror.test/flux/artifacts/..;x/secrets",
                "https://mirror.test/flux/artifacts/..%2fsecrets",
                "https://mirror.test/flux/artifacts/..%5csecrets",
                "https://mirror.test/flux/artifacts/%252e%252e/secrets",
                "https://mirror.test/flux/artifacts/./a",
                "https://mirror.test/flux/artifacts/a%00",
                "https://mirror.test//flux/artifacts/a",
                "https://mirror.test/FLUX/artifacts/a"
            })
    void refusesAUrlThatOnlyResemblesAPrefix(String url) {
        assertThat(allowed.allows(URI.create(url))).isFalse();
    }

    @Test
    void allowsEveryUrlWithoutPrefixes() {
        assertThat(AllowedUrls.parse(" ,").allows(URI.create("http://user@anywhere/../x")))
                .isTrue();
        assertThat(AllowedUrls.prefixes(List.of())).isSameAs(AllowedUrls.any());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source-controller",
                "ftp://a/",
                "http:///a",
                "http://user:secret@a/",
                "http://a/?b",
                "http://a/#b",
                "http://a/../b",
                "http://a/%2fb",
                "http://a b/",
                "http://a\\b/",
                "https://"
            })
    void refusesInvalidPrefixes(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedUrls.parse(prefix))
                .withMessageContaining("is not a valid URL prefix")
                .withMessageNotContaining("secret");
    }
}
