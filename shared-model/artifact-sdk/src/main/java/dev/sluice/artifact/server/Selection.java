package dev.sluice.artifact.server;

/**
 * Which bytes of a file answer a request.
 *
 * @param status 200 whole file, 206 part, 304 not modified, 412 precondition failed, 416 range not satisfiable
 * @param offset position of the first byte to send
 * @param length number of bytes to send, 0 unless the status is 200 or 206
 */
public record Selection(int status, long offset, long length) {

    static Selection whole(long size) {
        return new Selection(200, 0, size);
    }

    static Selection partial(long offset, long length) {
        return new Selection(206, offset, length);
    }

    static Selection notModified() {
        return new Selection(304, 0, 0);
    }

    static Selection preconditionFailed() {
        return new Selection(412, 0, 0);
    }

    static Selection rangeNotSatisfiable() {
        return new Selection(416, 0, 0);
    }
}
