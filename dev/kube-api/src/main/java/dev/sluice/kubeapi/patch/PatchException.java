package dev.sluice.kubeapi.patch;

/** A patch or an applied configuration is invalid. The message is for the client. */
public final class PatchException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;

    private PatchException(int status, String message) {
        super(message);
        this.status = status;
    }

    static PatchException badRequest(String message) {
        return new PatchException(400, message);
    }

    static PatchException tooLarge(String message) {
        return new PatchException(413, message);
    }

    private static PatchException unprocessable(String message) {
        return new PatchException(422, message);
    }

    /** The real server's message has only the first part. */
    static PatchException rejected(String detail) {
        return unprocessable("the server rejected our request due to an error in our request: " + detail);
    }

    static PatchException internal(String message) {
        return new PatchException(500, message);
    }

    /** The HTTP status of the real server: 400, 413, 422 or 500. */
    public int status() {
        return status;
    }
}
