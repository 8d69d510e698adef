package dev.sluice.artifact.server;

/**
 * The status of a response and the bytes of the file to send.
 *
 * @param status 200 whole file, 206 part, 304 not modified, 412 precondition failed, 416 range not satisfiable
 * @param offset position of the first byte to send
 * @param length number of bytes to send; 0 unless the status is 200 or 206
 */
public record ByteSelection(int status, long offset, long length) {

    static ByteSelection whole(long size) {
        return new ByteSelection(200, 0, size);
    }

    static ByteSelection partial(long offset, long length) {
        return new ByteSelection(206, offset, length);
    }

    static ByteSelection notModified() {
        return new ByteSelection(304, 0, 0);
    }

    static ByteSelection preconditionFailed() {
        return new ByteSelection(412, 0, 0);
    }

    static ByteSelection rangeNotSatisfiable() {
        return new ByteSelection(416, 0, 0);
    }
}
