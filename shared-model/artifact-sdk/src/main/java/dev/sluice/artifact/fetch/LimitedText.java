package dev.sluice.artifact.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects a download in memory, up to a limit. */
final class LimitedText extends OutputStream {

    private final String shownUrl;
    private final int maxBytes;
    private byte[] bytes = new byte[0];

    LimitedText(String shownUrl, int maxBytes) {
        this.shownUrl = shownUrl;
        this.maxBytes = maxBytes;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] piece, int offset, int length) throws IOException {
        if (length > maxBytes - bytes.length) {
            throw new FetchException(
                    "download of '" + shownUrl + "' is larger than the limit of " + maxBytes + " bytes");
        }
        int end = bytes.length;
        bytes = Arrays.copyOf(bytes, end + length);
        System.arraycopy(piece, offset, bytes, end, length);
    }

    String text() throws FetchException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FetchException("download of '" + shownUrl + "' is not UTF-8 text", e);
        }
    }
}
