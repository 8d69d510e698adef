package dev.sluice.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The limit of connections with TLS, each of which needs heap. */
class OpenFileEndpointTest {

    @Test
    void aConnectionWithTlsNeedsHeap() {
        assertThat(OpenFileEndpoint.tlsConnections(8192, 64L << 20)).isEqualTo(327);
        assertThat(OpenFileEndpoint.tlsConnections(8192, 200L << 20)).isEqualTo(1024);
        assertThat(OpenFileEndpoint.tlsConnections(8192, 4L << 30)).isEqualTo(8192);
    }
}
