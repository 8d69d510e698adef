package dev.sluice.kubeapi.patch;

/** A patch, or a configuration to apply, that cannot be applied; the message is for the client. */
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

    static PatchException unprocessable(String message) {
        return new PatchException(422, message);
    }

    static PatchException internal(String message) {
        return new PatchException(500, message);
    }

    /** The HTTP status that the real server answers with: 400, 413, 422 or 500. */
    public int status() {
        return status;
    }
}
