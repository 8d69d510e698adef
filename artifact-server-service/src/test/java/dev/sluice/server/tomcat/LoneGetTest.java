package dev.sluice.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoneGetTest {

    private static final String HEAD = "GET /a/b.tar.gz HTTP/1.1\r\nHost: x\r\n\r\n";

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void theWholeHeadOfAGetNamesItsPath() {
        ByteBuffer read = buffer(HEAD);
        assertThat(LoneGet.path(read)).contains("/a/b.tar.gz");
        assertThat(read.remaining()).isEqualTo(HEAD.length());
        assertThat(LoneGet.path(buffer(HEAD.replace(" HTTP", "?query HTTP")))).contains("/a/b.tar.gz");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET ",
                "GET \r\n\r",
                "GET /a HTTP/1.1\r\nHost: x\r\n",
                "GET /a\r\nHost: x\r\n\r\n",
                "GET /a HTTP/2.0\r\nHost: x\r\n\r\n",
                "GET /a\r\nHost: x HTTP/1.1\r\n\r\n",
                "HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n",
                "\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n",
                HEAD + HEAD,
                HEAD + "G",
                HEAD + "\r\n",
                "GET /a HTTP/1.1\nHost: x\n\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\n\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\ncontent-Length: 5\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: x\r\nTRANSFER-ENCODING: chunked\r\n\r\n"
            })
    void whateverElseIsThereNeedsAThreadOfItsOwn(String read) {
        assertThat(LoneGet.path(buffer(read))).isEmpty();
    }
}
